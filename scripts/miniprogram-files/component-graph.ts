import { posix } from 'node:path';
import type { ComponentEntry, StyleIsolation } from './component-entry';
import { MiniprogramCompileError, type Problem } from './compile-error';
import {
  isJson,
  readJsonFile,
  readTextFile,
  stringMapOf,
  textOf,
  textsOf,
  type Json,
} from './json-file';

export interface ComponentSource {
  path: string;
  json: Json;
  entry: ComponentEntry;
}

/** Every page that app.json lists and every component they reach, pages first, each once. */
export async function readComponentGraph(dir: string, app: Json): Promise<ComponentSource[]> {
  const problems: Problem[] = [];
  const shared = resolveAll(stringMapOf(app['usingComponents']), 'app');
  const waiting = pagePaths(app).map((path) => ({ path, isPage: true, from: 'app.json' }));
  const found = new Map<string, ComponentSource>();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, isPage, from } = next;
    if (found.has(path)) continue;
    const json = await readJsonFile(dir, `${path}.json`);
    if ((await readTextFile(dir, `${path}.wxml`)) === undefined) {
      problems.push({ file: from, message: `names ${path}, and there is no ${path}.wxml` });
      continue;
    }
    const usingComponents = {
      ...shared,
      ...resolveAll(stringMapOf(json?.['usingComponents']), path),
    };
    found.set(path, {
      path,
      json: json ?? {},
      entry: entryOf(path, isPage, json ?? {}, usingComponents),
    });
    for (const target of Object.values(usingComponents)) {
      waiting.push({ path: target.slice(1), isPage: false, from: `${path}.json` });
    }
  }
  if (problems.length > 0) throw new MiniprogramCompileError(problems);
  return [...found.values()];
}

export function pagePaths(app: Json): string[] {
  const packages = app['subPackages'] ?? app['subpackages'];
  const inPackages = (Array.isArray(packages) ? packages : [])
    .filter(isJson)
    .flatMap((item) =>
      textsOf(item['pages']).map((page) => posix.join(textOf(item['root'], ''), page)),
    );
  return [...textsOf(app['pages']), ...inPackages];
}

function entryOf(
  path: string,
  isPage: boolean,
  json: Json,
  usingComponents: Record<string, string>,
): ComponentEntry {
  const styleIsolation = isPage ? 'shared' : isolationOf(json['styleIsolation']);
  const pattern = json['pureDataPattern'];
  return {
    isPage,
    styleIsolation,
    ...(styleIsolation === 'shared' ? {} : { styleScope: path.replaceAll('/', '-') }),
    usingComponents,
    ...(typeof pattern === 'string' ? { pureDataPattern: pattern } : {}),
  };
}

function isolationOf(value: unknown): StyleIsolation {
  return value === 'apply-shared' || value === 'shared' ? value : 'isolated';
}

function resolveAll(using: Record<string, string>, from: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(using).map(([tag, target]) => [tag, `/${resolvePath(target, from)}`]),
  );
}

/** `target` as `from` (a path without suffix) writes it, from the root of the mini program. */
export function resolvePath(target: string, from: string): string {
  return target.startsWith('/')
    ? posix.normalize(target).slice(1)
    : posix.join(posix.dirname(from), target);
}
