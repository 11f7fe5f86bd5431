/** What is in the folder of a function, and what it lacks to run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isFields } from '../bson/fields';
import { findFunction } from '../functions/function-files';
import { nameOf } from './bindings';
import { calleeName } from './project-index';
import { readSourceFile } from './source-file';

export interface FunctionFolder {
  name: string;
  /** An absolute path. */
  folder: string;
  /**
   * `misnamed`: there is an index.js, but the folder has no name of a function. `typescript`: there
   * is only an index.ts. `none`: a folder of something else.
   */
  script: 'index.js' | 'misnamed' | 'typescript' | 'none';
  /** The packages that it requires and that are not installed; sorted. */
  missing: string[];
  /** Whether its package.json names all of them. */
  isDeclared: boolean;
  /** The version of wx-server-sdk that it finds. */
  sdk: string | undefined;
  /** Its timer: seven fields. */
  timer: string | undefined;
  /** The open interfaces that its config.json declares. */
  openInterfaces: string[];
}

/** The functions in a folder, and the folders beside them that hold sources; sorted by name. */
export async function readFunctionFolders(functionsDir: string): Promise<FunctionFolder[]> {
  const names = readdirSync(functionsDir, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort();
  return Promise.all(names.map((name) => readFunctionFolder(functionsDir, name)));
}

async function readFunctionFolder(functionsDir: string, name: string): Promise<FunctionFolder> {
  const folder = join(functionsDir, name);
  const main = join(folder, 'index.js');
  const config = readJson(join(folder, 'config.json'));
  const hasScript = findFunction(functionsDir, name) !== undefined;
  const missing = hasScript ? await missingPackages(main) : [];
  const declared = readJson(join(folder, 'package.json'))['dependencies'];
  const dependencies = isFields(declared) ? declared : {};
  return {
    name,
    folder,
    script: hasScript ? 'index.js' : otherScript(folder),
    missing,
    isDeclared: missing.every((needed) => Object.hasOwn(dependencies, needed)),
    sdk: hasScript ? installedSdk(main) : undefined,
    timer: timerOf(config),
    openInterfaces: openInterfacesOf(config),
  };
}

function otherScript(folder: string): FunctionFolder['script'] {
  if (existsSync(join(folder, 'index.js'))) return 'misnamed';
  return existsSync(join(folder, 'index.ts')) ? 'typescript' : 'none';
}

/** Of what the script requires, directly or by other files of the function. */
async function missingPackages(main: string): Promise<string[]> {
  const missing = new Set<string>();
  const files = [main];
  const seen = new Set<string>();
  for (let file = files.pop(); file !== undefined; file = files.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const { resolve } = createRequire(file);
    for (const path of await requiredBy(file)) {
      const isOwn = path.startsWith('.');
      try {
        const found = resolve(path);
        if (isOwn && found.endsWith('.js')) files.push(found);
      } catch {
        const isPackage = /^(@[\w.-]+\/)?\w[\w.-]*(\/|$)/.test(path);
        if (isPackage) missing.add(packageOf(path));
      }
    }
  }
  return [...missing].sort();
}

async function requiredBy(file: string): Promise<string[]> {
  const source = await readSourceFile(file);
  return (source?.nodes ?? []).flatMap((node) => {
    if (node.type === 'ImportDeclaration') return [String(node.source.value)];
    const isRequire = node.type === 'CallExpression' && calleeName(node) === 'require';
    const [path] = isRequire && node.callee.type === 'Identifier' ? node.arguments : [];
    const name = path?.type === 'Literal' ? nameOf(path) : undefined;
    return name === undefined ? [] : [name];
  });
}

function packageOf(path: string): string {
  return path.split('/', path.startsWith('@') ? 2 : 1).join('/');
}

/** In the folder's node_modules, or in one above it. */
function installedSdk(main: string): string | undefined {
  for (let folder = dirname(main); ; folder = dirname(folder)) {
    const { version } = readJson(join(folder, 'node_modules/wx-server-sdk/package.json'));
    if (typeof version === 'string') return version;
    if (folder === dirname(folder)) return undefined;
  }
}

/** What is wrong with a config.json is said where it is used. */
function readJson(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

function timerOf({ triggers }: Record<string, unknown>): string | undefined {
  const first: unknown = Array.isArray(triggers) ? triggers[0] : undefined;
  const { type, config } = isFields(first) ? first : {};
  return type === 'timer' && typeof config === 'string' ? config : undefined;
}

function openInterfacesOf({ permissions }: Record<string, unknown>): string[] {
  const { openapi } = isFields(permissions) ? permissions : {};
  return (Array.isArray(openapi) ? openapi : []).filter((name) => typeof name === 'string');
}
