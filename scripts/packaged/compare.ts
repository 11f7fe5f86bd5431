/** What is in a function's folder, beside what was brought and what the package brings. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isFolder } from '../lib/given-folder';

/** Settings of the function, which its owner may change: it is never replaced once it differs. */
export const OWNERS_FILE = 'config.json';

export type FileState =
  /** Not there, and the package has it. */
  | 'missing'
  /** As the package has it. */
  | 'same'
  /** As it was brought, and the package has another, or none. */
  | 'older'
  /** As nobody brought it. */
  | 'edited';

/** SHA-256 of bytes, and of the same with the ends of lines as git on Windows may have changed them. */
function hashesOf(file: string): string[] {
  const content = readFileSync(file);
  const text = content.toString('latin1').replaceAll('\r\n', '\n');
  return [content, Buffer.from(text, 'latin1')].map((bytes) =>
    createHash('sha256').update(bytes).digest('hex'),
  );
}

/**
 * @param folder of the function
 * @param files that the package brings, with their hashes; from the folder, with slashes
 * @param noted those that were brought before
 */
export function compareFunction(
  folder: string,
  files: Readonly<Record<string, string>>,
  noted: Readonly<Record<string, string>> = {},
): Map<string, FileState> {
  const states = new Map<string, FileState>();
  for (const name of new Set([...Object.keys(files), ...Object.keys(noted)])) {
    const path = join(folder, name);
    if (!existsSync(path)) {
      if (files[name] !== undefined) states.set(name, 'missing');
      continue;
    }
    const hashes = statSync(path).isFile() ? hashesOf(path) : [];
    const isOne = (hash: string | undefined): boolean =>
      hash !== undefined && hashes.includes(hash);
    states.set(name, isOne(files[name]) ? 'same' : isOne(noted[name]) ? 'older' : 'edited');
  }
  return states;
}

/** A file of that name is neither. */
export function isEmptyOrMissing(folder: string): boolean {
  return !existsSync(folder) || (isFolder(folder) && readdirSync(folder).length === 0);
}

/**
 * A folder where the file belongs, or a file where the function's folder or one of its path does.
 *
 * @param known files that may be replaced or taken away
 */
export function obstacleOf(
  folder: string,
  file: string,
  known: readonly string[],
): string | undefined {
  const path = join(folder, file);
  const isFile = (at: string): boolean => existsSync(at) && !isFolder(at);
  if (isFolder(path)) return path;
  if (isFile(folder)) return folder;
  for (let dir = dirname(file); dir !== '.'; dir = dirname(dir)) {
    if (isFile(join(folder, dir)) && !known.includes(dir)) return join(folder, dir);
  }
  return undefined;
}
