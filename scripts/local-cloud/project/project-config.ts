/**
 * `project.config.json` of WeChat DevTools
 * (https://developers.weixin.qq.com/miniprogram/dev/devtools/projectconfig.html).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isFields } from '../bson/fields';
import { ConfigError, parseJson } from '../functions/config-text';

export interface ProjectConfig {
  /** The absolute path of `project.config.json`. */
  file: string;
  /** What `cloudfunctionRoot` names, an absolute path. */
  functionsDir?: string;
  /** The sources of the mini program are in it; an absolute path. */
  miniprogramDir: string;
  /** What is wrong with it, for the developer. */
  problems: string[];
}

const NAME = 'project.config.json';

/** There is no project, or its configuration can't be read. The message says what to do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

/**
 * @param dir the folder that holds it, or one above or below
 * @throws ProjectError
 */
export function readProjectConfig(dir: string): ProjectConfig {
  const file = findConfig(resolve(dir));
  const config = parse(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  const root = dirname(file);
  const folderOf = (key: string): string | undefined => {
    const value = config[key];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw new ProjectError(`${file}: ${key} must be a string.`);
    // DevTools on Windows write backslashes.
    return resolve(root, value.replaceAll('\\', '/'));
  };

  // What is built may not be there yet; what it is built from is somewhere in the project.
  const built = folderOf('miniprogramRoot');
  const miniprogramDir = built !== undefined && isFolder(built) ? built : root;
  const functionsDir = folderOf('cloudfunctionRoot');
  if (functionsDir === undefined) {
    const problem = `no functions: ${NAME} names no cloudfunctionRoot, e.g. "cloudfunctions/"`;
    return { file, miniprogramDir, problems: [problem] };
  }
  if (!isFolder(functionsDir)) {
    const problem = `no functions: cloudfunctionRoot of ${NAME} is ${functionsDir}, where there is no folder`;
    return { file, miniprogramDir, problems: [problem] };
  }
  return { file, functionsDir, miniprogramDir, problems: [] };
}

/** In the folder, in one of its own, or above it, whichever comes first. */
function findConfig(dir: string): string {
  if (!isFolder(dir)) throw new ProjectError(`There is no folder ${dir}.`);
  const below = readdirSync(dir)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules')
    .map((name) => join(dir, name));
  const inside = below.map((folder) => join(folder, NAME)).filter((file) => existsSync(file));
  for (let folder = dir; ; folder = dirname(folder)) {
    const file = join(folder, NAME);
    if (existsSync(file)) return file;
    if (folder === dir && inside.length > 1) {
      const choices = inside.map((path) => dirname(path)).join(', ');
      throw new ProjectError(`There are several projects in ${dir}: choose one of ${choices}.`);
    }
    if (folder === dir && inside[0] !== undefined) return inside[0];
    if (folder === dirname(folder)) {
      const usual = join(dir, 'cloudfunctions');
      const functions = isFolder(usual) ? ` ${usual}` : '';
      throw new ProjectError(
        `There is no ${NAME} in ${dir}: choose the mini program's folder, or its functions with --functions${functions}.`,
      );
    }
  }
}

function parse(file: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ProjectError(`${file}:${error.message}`);
  }
  if (!isFields(value)) throw new ProjectError(`${file} must hold a JSON object.`);
  return value;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
