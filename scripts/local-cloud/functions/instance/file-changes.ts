/** Which calls of Node's file system change something, and where. */
import fs from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether a call would write at this path, if it could. */
type Writes = (path: string, args: readonly unknown[]) => boolean;

const exists = (path: string): boolean =>
  fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
const folderExists: Writes = (path) => exists(dirname(path));
const entryExists: Writes = exists;

const { constants } = fs;
const WRITING =
  constants.O_WRONLY |
  constants.O_RDWR |
  constants.O_CREAT |
  constants.O_TRUNC |
  constants.O_APPEND;

const opensToWrite: Writes = (path, [, flags]) => {
  if (typeof flags === 'number') return (flags & WRITING) !== 0 && folderExists(path, []);
  if (typeof flags !== 'string' || !/[wa+]/.test(flags)) return false;
  return flags.startsWith('r') ? exists(path) : folderExists(path, []);
};

/** For each function: which arguments are paths that it changes, and when. */
export const CHANGES: Readonly<
  Record<string, readonly [index: number, writes: Writes, call?: string][]>
> = {
  open: [[0, opensToWrite]],
  access: [
    [
      0,
      (path, [, mode]) => typeof mode === 'number' && (mode & constants.W_OK) !== 0 && exists(path),
    ],
  ],
  writeFile: [[0, folderExists, 'open']],
  appendFile: [[0, folderExists, 'open']],
  mkdir: [
    [0, (path, [, options]) => !exists(path) && (isRecursive(options) || folderExists(path, []))],
  ],
  mkdtemp: [[0, folderExists]],
  copyFile: [[1, folderExists, 'copyfile']],
  cp: [[1, folderExists]],
  link: [[1, folderExists]],
  symlink: [[1, folderExists]],
  rename: [
    [0, entryExists],
    [1, (path, [from]) => exists(textOf(from) ?? '') && folderExists(path, [])],
  ],
  rm: [[0, entryExists]],
  rmdir: [[0, entryExists]],
  unlink: [[0, entryExists]],
  truncate: [[0, entryExists, 'open']],
  chmod: [[0, entryExists]],
  lchmod: [[0, entryExists]],
  chown: [[0, entryExists]],
  lchown: [[0, entryExists]],
  utimes: [[0, entryExists, 'utime']],
  lutimes: [[0, entryExists, 'lutime']],
};

/** `undefined` for open files, and for what is no path at all. */
export function textOf(path: unknown): string | undefined {
  if (typeof path === 'string') return path;
  if (Buffer.isBuffer(path)) return path.toString();
  return path instanceof URL && path.protocol === 'file:' ? fileURLToPath(path) : undefined;
}

function isRecursive(options: unknown): boolean {
  return (
    typeof options === 'object' &&
    options !== null &&
    (options as { recursive?: unknown }).recursive === true
  );
}
