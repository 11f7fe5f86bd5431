import { messageOf, type ErrorLog } from '../state/error-log';
import type { TempFile, TempFiles } from '../state/temp-files';
import { asyncApi, isOptions, textOption, type Api, type Options } from './async-api';

export const USER_DATA_PATH = 'http://usr';

/**
 * `wx.getFileSystemManager()`: the temporary files, and what the mini program writes, which lasts as
 * long as it runs. Folders are there by themselves.
 */
export function fileApis(tempFiles: TempFiles, errors: ErrorLog): Record<string, Api> {
  const manager = managerOf(tempFiles, errors);
  return { getFileSystemManager: () => manager };
}

function managerOf(tempFiles: TempFiles, errors: ErrorLog): Record<string, Api> {
  const fileAt = (path: string, call: string): TempFile => {
    const file = tempFiles.get(path);
    if (file === undefined) throw new Error(`no such file or directory, ${call} '${path}'`);
    return file;
  };
  const read = (path: string, encoding: unknown): unknown =>
    decoded(fileAt(path, 'open').content, encoding);
  const write = (path: string, data: unknown, encoding: unknown): void => {
    if (!path.startsWith(`${USER_DATA_PATH}/`))
      throw new Error(`permission denied, open '${path}'`);
    tempFiles.put(path, { type: 'application/octet-stream', content: encoded(data, encoding) });
  };
  const access = (path: string): void => {
    const isFolder = tempFiles.paths().some((file) => file.startsWith(`${path}/`));
    if (!isFolder && path !== USER_DATA_PATH) fileAt(path, 'access');
  };
  const unlink = (path: string): void => {
    if (!tempFiles.remove(path)) throw new Error(`no such file or directory, unlink '${path}'`);
  };
  const save = (from: string, to: string): string => {
    const path = to === '' ? `${USER_DATA_PATH}/${from.split('/').at(-1) ?? ''}` : to;
    tempFiles.put(path, fileAt(from, 'saveFile'));
    return path;
  };
  const folder = (path: string): string[] => {
    const inside = tempFiles.paths().filter((file) => file.startsWith(`${path}/`));
    return [...new Set(inside.map((file) => file.slice(path.length + 1).split('/')[0] ?? ''))];
  };
  const sync =
    (name: string, run: (...args: unknown[]) => unknown): Api =>
    (...args: unknown[]): unknown => {
      try {
        return run(...args);
      } catch (error) {
        throw new Error(`${name}:fail ${messageOf(error)}`, { cause: error });
      }
    };
  const path = (options: Options, name = 'filePath'): string => textOption(options, name);
  return {
    readFile: asyncApi('readFile', errors, (options) => ({
      data: read(path(options), options['encoding']),
    })),
    readFileSync: sync('readFileSync', (file, encoding) => read(String(file), encoding)),
    writeFile: asyncApi('writeFile', errors, (options) => {
      write(path(options), options['data'], options['encoding']);
    }),
    writeFileSync: sync('writeFileSync', (file, data, encoding) => {
      write(String(file), data, encoding);
    }),
    access: asyncApi('access', errors, (options) => {
      access(path(options, 'path'));
    }),
    accessSync: sync('accessSync', (file) => {
      access(String(file));
    }),
    unlink: asyncApi('unlink', errors, (options) => {
      unlink(path(options));
    }),
    unlinkSync: sync('unlinkSync', (file) => {
      unlink(String(file));
    }),
    saveFile: asyncApi('saveFile', errors, (options) => ({
      savedFilePath: save(path(options, 'tempFilePath'), path(options)),
    })),
    saveFileSync: sync('saveFileSync', (from, to) =>
      save(String(from), typeof to === 'string' ? to : ''),
    ),
    copyFile: asyncApi('copyFile', errors, (options) => {
      tempFiles.put(path(options, 'destPath'), fileAt(path(options, 'srcPath'), 'copyFile'));
    }),
    getFileInfo: asyncApi('getFileInfo', errors, (options) => ({
      size: fileAt(path(options), 'stat').content.length,
    })),
    mkdir: asyncApi('mkdir', errors, () => undefined),
    mkdirSync: sync('mkdirSync', () => undefined),
    readdir: asyncApi('readdir', errors, (options) => ({
      files: folder(path(options, 'dirPath')),
    })),
    readdirSync: sync('readdirSync', (at) => folder(String(at))),
  };
}

function decoded(content: Uint8Array<ArrayBuffer>, encoding: unknown): unknown {
  if (encoding === undefined) return content.slice().buffer;
  if (encoding === 'base64' || encoding === 'binary' || encoding === 'hex') {
    const binary = Array.from(content, (byte) => String.fromCharCode(byte)).join('');
    if (encoding === 'binary') return binary;
    if (encoding === 'base64') return btoa(binary);
    return Array.from(content, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  return new TextDecoder().decode(content);
}

function encoded(data: unknown, encoding: unknown): Uint8Array<ArrayBuffer> {
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  if (isOptions(data)) throw new Error('parameter error: data should be String or ArrayBuffer');
  const text = String(data);
  if (encoding === 'base64' || encoding === 'binary') {
    const binary = encoding === 'base64' ? atob(text) : text;
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }
  return new TextEncoder().encode(text);
}
