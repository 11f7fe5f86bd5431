/**
 * Only the folder for temporary files can be written
 * (https://docs.cloudbase.net/cloud-function/how-works); elsewhere the file system is read only.
 * What would fail for another reason, such as a folder that is not there, fails for that one.
 */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

type AnyFunction = (...args: unknown[]) => unknown;
type FileSystem = Record<string, unknown>;

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
const CHANGES: Readonly<Record<string, readonly [index: number, writes: Writes, call?: string][]>> =
  {
    open: [[0, opensToWrite]],
    access: [
      [
        0,
        (path, [, mode]) =>
          typeof mode === 'number' && (mode & constants.W_OK) !== 0 && exists(path),
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

/** @param folder of the function, which is read only wherever it is */
export function makeFilesReadOnly(folder: string): void {
  const isWritable = writableTest(folder);
  const refusal = (name: string, args: readonly unknown[]): Error | undefined => {
    for (const [index, writes, call = name] of CHANGES[name] ?? []) {
      const given = textOf(args[index]);
      if (given === undefined) continue;
      if (!isWritable(resolve(given)) && writes(resolve(given), args)) {
        const hasTwo = index === 1 || name === 'rename';
        return readOnly(call, hasTwo ? [textOf(args[0]), textOf(args[1])] : [given]);
      }
    }
    return undefined;
  };
  for (const name of Object.keys(CHANGES)) {
    replace(fs as unknown as FileSystem, name, (original, self, args) => {
      const error = refusal(name, args);
      const callback = args.at(-1);
      if (error === undefined || typeof callback !== 'function') return original.apply(self, args);
      process.nextTick(callback, error);
      return undefined;
    });
    replace(fs as unknown as FileSystem, `${name}Sync`, (original, self, args) => {
      const error = refusal(name, args);
      if (error !== undefined) throw error;
      return original.apply(self, args);
    });
    replace(fs.promises as unknown as FileSystem, name, (original, self, args) => {
      const error = refusal(name, args);
      return error === undefined ? original.apply(self, args) : Promise.reject(error);
    });
  }
}

function replace(
  library: FileSystem,
  name: string,
  call: (original: AnyFunction, self: unknown, args: unknown[]) => unknown,
): void {
  const original = library[name] as AnyFunction | undefined;
  if (original === undefined) return;
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    return call(original, this, args);
  };
  library[name] = Object.defineProperties(
    replacement,
    Object.getOwnPropertyDescriptors(original) as PropertyDescriptorMap,
  );
}

function writableTest(folder: string): (path: string) => boolean {
  const own = realPath(folder);
  const roots = ['/tmp', tmpdir(), '/dev'].map(realPath);
  return (path) => {
    const real = realPath(path);
    return roots.some((root) => isWithin(root, real)) && !isWithin(own, real);
  };
}

/** Also of what is not there yet. */
function realPath(path: string): string {
  try {
    return fs.realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** `undefined` for open files, and for what is no path at all. */
function textOf(path: unknown): string | undefined {
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

function readOnly(syscall: string, [path = '', dest]: (string | undefined)[]): Error {
  const paths = dest === undefined ? `'${path}'` : `'${path}' -> '${dest}'`;
  return Object.assign(new Error(`EROFS: read-only file system, ${syscall} ${paths}`), {
    errno: -30,
    code: 'EROFS',
    syscall,
    path,
    ...(dest !== undefined && { dest }),
  });
}
