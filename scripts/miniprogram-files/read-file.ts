import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MiniprogramCompileError } from './compile-error';
import { isRecord } from '../lib/is-record';
import type { Json } from './json';
import { jsonFault } from './json-fault';
import { placeAt } from './place';

/** The text of a file, by its path from the root; `undefined`: there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/** Where a mini program's files are, or what reads them. */
export type Folder = string | ReadText;

/**
 * The object in `file`; `undefined` when there is no such file or nothing in it.
 *
 * @throws MiniprogramCompileError when the file holds anything else
 */
export async function readJsonFile(folder: Folder, file: string): Promise<Json | undefined> {
  const text = await readTextFile(folder, file);
  if (text === undefined || text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const fault = jsonFault(text) ?? { message: said };
    throw new MiniprogramCompileError([{ file, ...fault }], { cause });
  }
  const place = placeAt(text, text.search(/\S/));
  throw new MiniprogramCompileError([{ file, ...place, message: 'must hold one JSON object' }]);
}

/**
 * @param missing what is said where there is no such file
 *
 * @throws MiniprogramCompileError also when it is missing or empty
 */
export async function readAppJson(folder: Folder, missing = 'is missing'): Promise<Json> {
  const file = 'app.json';
  const app = await readJsonFile(folder, file);
  if (app !== undefined) return app;
  const isThere = (await readTextFile(folder, file)) !== undefined;
  const problem = isThere ? { line: 1, column: 1, message: 'is empty' } : { message: missing };
  throw new MiniprogramCompileError([{ file, ...problem }]);
}

const BYTE_ORDER_MARK = /^\uFEFF/;
const NO_FILE = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** Without a byte order mark; `undefined` when there is no such file: a folder is none. */
export async function readTextFile(folder: Folder, file: string): Promise<string | undefined> {
  if (typeof folder === 'function') return folder(file);
  try {
    return textOf(await readFile(join(folder, file)));
  } catch (cause) {
    if (isRecord(cause) && NO_FILE.has(String(cause['code']))) return undefined;
    throw cause;
  }
}

/** Without a byte order mark. */
export function textOf(content: Buffer): string {
  return content.toString('utf8').replace(BYTE_ORDER_MARK, '');
}
