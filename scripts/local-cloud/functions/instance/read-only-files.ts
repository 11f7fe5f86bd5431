/**
 * Only the folder for temporary files can be written
 * (https://docs.cloudbase.net/cloud-function/how-works); elsewhere the file system is read only.
 * What would fail for another reason, such as a folder that is not there, fails for that one.
 */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { CHANGES, textOf } from './file-changes';

type AnyFunction = (...args: unknown[]) => unknown;

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
    replace(fs, name, (original, self, args) => {
      const error = refusal(name, args);
      const callback = args.at(-1);
      if (error === undefined || typeof callback !== 'function') return original.apply(self, args);
      process.nextTick(callback, error);
      return undefined;
    });
    replace(fs, `${name}Sync`, (original, self, args) => {
      const error = refusal(name, args);
      if (error !== undefined) throw error;
      return original.apply(self, args);
    });
    replace(fs.promises, name, (original, self, args) => {
      const error = refusal(name, args);
      return error === undefined ? original.apply(self, args) : Promise.reject(error);
    });
  }
}

function replace(
  library: object,
  name: string,
  call: (original: AnyFunction, self: unknown, args: unknown[]) => unknown,
): void {
  const functions = library as Record<string, AnyFunction | undefined>;
  const original = functions[name];
  if (original === undefined) return;
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    return call(original, this, args);
  };
  functions[name] = Object.defineProperties(
    replacement,
    Object.getOwnPropertyDescriptors<object>(original),
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
