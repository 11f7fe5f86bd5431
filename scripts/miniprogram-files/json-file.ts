import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MiniprogramCompileError } from './compile-error';

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in `file`; `undefined` when there is no such file. */
export async function readJsonFile(dir: string, file: string): Promise<Json | undefined> {
  const text = await readTextFile(dir, file);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return value;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new MiniprogramCompileError([{ file, message }]);
  }
  throw new MiniprogramCompileError([{ file, message: 'must hold one JSON object' }]);
}

/** `undefined` when there is no such file. */
export async function readTextFile(dir: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(join(dir, file), 'utf8');
  } catch (cause) {
    if (isJson(cause) && cause['code'] === 'ENOENT') return undefined;
    throw cause;
  }
}

export function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function stringMapOf(value: unknown): Record<string, string> {
  if (!isJson(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
