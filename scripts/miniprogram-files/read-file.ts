import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MiniprogramCompileError } from './compile-error';
import { isRecord } from '../lib/is-record';
import type { Json } from './json';

/**
 * The object in `file`; `undefined` when there is no such file.
 *
 * @throws MiniprogramCompileError when the file holds anything else
 */
export async function readJsonFile(dir: string, file: string): Promise<Json | undefined> {
  const text = await readTextFile(dir, file);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
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
    if (isRecord(cause) && cause['code'] === 'ENOENT') return undefined;
    throw cause;
  }
}
