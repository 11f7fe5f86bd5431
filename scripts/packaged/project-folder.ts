/** The project of whoever installed the package: where its functions are, and what was brought. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CommandError } from '../lib/command-error';
import { givenFolder, isFolder } from '../lib/given-folder';
import { isRecord } from '../lib/is-record';
import { text } from '../lib/language';

const CONFIG = 'project.config.json';

/** Beside project.config.json, and to be committed with it. */
export const NOTE = 'wechat-cloud-session.json';

export interface ProjectFolder {
  dir: string;
  /** An absolute path; there may be no folder yet. */
  functionsDir: string;
  /** An absolute path. */
  miniprogramDir: string;
}

/** Which version brought which functions, and the SHA-256 of their files at that time. */
export interface Note {
  version: string;
  functions: Record<string, Record<string, string>>;
}

/**
 * @param given the folder of `project.config.json`, or one in it
 * @throws UsageError where no such folder is, CommandError that says what to do
 */
export function findProject(given: string): ProjectFolder {
  const from = givenFolder(given);
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, CONFIG))) return readProject(dir);
    if (dir === dirname(dir)) {
      throw new CommandError(
        text({
          zh: `${from} 及其上级目录中没有 ${CONFIG}：请在小程序项目中运行，或用 --project 指定。`,
          en: `There is no ${CONFIG} in ${from} or above it: run this in your mini program's project, or name it with --project.`,
        }),
      );
    }
  }
}

function readProject(dir: string): ProjectFolder {
  const file = join(dir, CONFIG);
  const config = readJson(file);
  const folder = (key: string): string | undefined => {
    const value = config[key];
    return typeof value === 'string' && value !== ''
      ? resolve(dir, value.replaceAll('\\', '/'))
      : undefined;
  };
  const functionsDir = folder('cloudfunctionRoot');
  if (functionsDir === undefined) {
    throw new CommandError(
      text({
        zh: `${file} 没有指定云函数目录：请加上 "cloudfunctionRoot": "cloudfunctions/"。`,
        en: `${file} names no folder of functions: add "cloudfunctionRoot": "cloudfunctions/".`,
      }),
    );
  }
  if (existsSync(functionsDir) && !isFolder(functionsDir)) {
    throw new CommandError(
      text({
        zh: `${file} 的 cloudfunctionRoot 是 ${functionsDir}，它不是目录。`,
        en: `cloudfunctionRoot of ${file} is ${functionsDir}, which is no folder.`,
      }),
    );
  }
  return { dir, functionsDir, miniprogramDir: folder('miniprogramRoot') ?? dir };
}

/** @throws CommandError for a file that is there and is no JSON object */
export function readJson(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    if (isRecord(value)) return value;
    throw new Error('no object');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      text({ zh: `无法读取 ${file}：${why}`, en: `${file} can't be read: ${why}` }),
      { cause },
    );
  }
}

export function readNote({ dir }: ProjectFolder): Note | undefined {
  const file = join(dir, NOTE);
  if (!existsSync(file)) return undefined;
  const { version, functions } = readJson(file);
  return {
    version: String(version),
    functions: Object.fromEntries(
      Object.entries(isRecord(functions) ? functions : {}).map(([name, files]) => [
        name,
        Object.fromEntries(
          Object.entries(isRecord(files) ? files : {}).map(([path, hash]) => [path, String(hash)]),
        ),
      ]),
    ),
  };
}

/** As people write it: from the project, with slashes. */
export function shown({ dir }: ProjectFolder, path: string): string {
  return relative(dir, path).split(sep).join('/');
}
