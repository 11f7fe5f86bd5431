/**
 * `project.config.json` of WeChat DevTools
 * (https://developers.weixin.qq.com/miniprogram/dev/devtools/projectconfig.html).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isFields } from '../bson/fields';
import { ConfigError, parseJson } from '../functions/config-text';

export interface ProjectConfig {
  /** The project's folder, an absolute path. */
  root: string;
  /** Its name in DevTools, or that of its folder. */
  name: string;
  /** Of the mini program; absent where it is not said. */
  appid?: string;
  /** The absolute path of `project.config.json`; absent where there is only an app.json. */
  file?: string;
  /** What `cloudfunctionRoot` names, an absolute path. */
  functionsDir?: string;
  /** The sources of the mini program are in it; an absolute path. */
  miniprogramDir: string;
  /** Where its app.json should be, absolute paths; the first that holds one is it. */
  appDirs: string[];
  /** What is wrong with it, for the developer. */
  problems: string[];
}

const NAME = 'project.config.json';
const APP = 'app.json';
/** Where templates of DevTools have the mini program and the functions. */
const USUAL_APP = 'miniprogram';
const USUAL_FUNCTIONS = 'cloudfunctions';

/** There is no project, or its configuration can't be read. The message says what to do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

/**
 * @param dir the folder that holds it, or one above or below; or a mini program's own, with its
 *   app.json in it or in `miniprogram/`
 * @throws ProjectError
 */
export function readProjectConfig(dir: string): ProjectConfig {
  const place = findProject(resolve(dir));
  return 'file' in place ? readFile(place.file) : withoutConfig(place);
}

function readFile(file: string): ProjectConfig {
  const config = parse(file, readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  const root = dirname(file);
  const folderOf = (key: string): string | undefined => {
    const value = config[key];
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw new ProjectError(`${file}: ${key} must be a string.`);
    // DevTools on Windows write backslashes.
    return resolve(root, value.replaceAll('\\', '/'));
  };
  const wordOf = (key: string): string => {
    const value = config[key];
    return typeof value === 'string' ? value.trim() : '';
  };

  // What is built may not be there yet; what it is built from is somewhere in the project.
  const built = folderOf('miniprogramRoot');
  const source = folderOf('srcMiniprogramRoot');
  const appid = wordOf('appid');
  const found = {
    file,
    root,
    name: wordOf('projectname') || basename(root),
    ...(appid !== '' && { appid }),
    miniprogramDir: built !== undefined && isFolder(built) ? built : root,
    appDirs: [
      built ?? root,
      ...(source === undefined ? [] : [source]),
      ...(built === undefined ? [join(root, USUAL_APP)] : []),
    ],
  };
  const functionsDir = folderOf('cloudfunctionRoot');
  if (functionsDir === undefined) {
    const problem = `no functions: ${NAME} names no cloudfunctionRoot, e.g. "${USUAL_FUNCTIONS}/"`;
    return { ...found, problems: [problem] };
  }
  if (!isFolder(functionsDir)) {
    const problem = `no functions: cloudfunctionRoot of ${NAME} is ${functionsDir}, where there is no folder`;
    return { ...found, problems: [problem] };
  }
  return { ...found, functionsDir, problems: [] };
}

function withoutConfig({ root, appDir }: AppFolder): ProjectConfig {
  const functionsDir = join(root, USUAL_FUNCTIONS);
  const found = { root, name: basename(root), miniprogramDir: appDir, appDirs: [appDir] };
  if (isFolder(functionsDir)) return { ...found, functionsDir, problems: [] };
  const problem = `no functions: there is no ${NAME} that names their folder, and no folder ${USUAL_FUNCTIONS}`;
  return { ...found, problems: [problem] };
}

/** A mini program that no `project.config.json` describes. */
interface AppFolder {
  root: string;
  /** Holds its app.json. */
  appDir: string;
}

/** In the folder, in one of its own, or above it, whichever comes first. */
function findProject(dir: string): { file: string } | AppFolder {
  if (!isFolder(dir)) throw new ProjectError(`There is no folder ${dir}.`);
  const file = join(dir, NAME);
  if (existsSync(file)) return { file };
  const appDir = [dir, join(dir, USUAL_APP)].find((folder) => existsSync(join(folder, APP)));
  const inside = appDir === dir ? [] : configsBelow(dir);
  if (inside.length > 1) {
    const choices = inside.map((path) => dirname(path)).join(', ');
    throw new ProjectError(`There are several projects in ${dir}: choose one of ${choices}.`);
  }
  const [only = configAbove(dir, appDir)] = inside;
  if (only !== undefined) return { file: only };
  if (appDir !== undefined) return { root: dir, appDir };
  const usual = join(dir, USUAL_FUNCTIONS);
  const functions = isFolder(usual) ? ` ${usual}` : '';
  throw new ProjectError(
    `There is no ${NAME} in ${dir}: choose the mini program's folder, or its functions with --functions${functions}.`,
  );
}

function configsBelow(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules')
    .map((name) => join(dir, name, NAME))
    .filter((file) => existsSync(file));
}

/** @param appDir a mini program that may be another than that of a project around it */
function configAbove(dir: string, appDir: string | undefined): string | undefined {
  for (let folder = dirname(dir); ; folder = dirname(folder)) {
    const file = join(folder, NAME);
    if (existsSync(file)) {
      const isIts = appDir === undefined || readFile(file).appDirs.includes(appDir);
      return isIts ? file : undefined;
    }
    if (folder === dirname(folder)) return undefined;
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
