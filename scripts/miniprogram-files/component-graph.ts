import { posix } from 'node:path';
import type { ComponentEntry, StyleIsolation } from './component-entry';
import { MiniprogramCompileError, type Problem } from './compile-error';
import { isRecord } from '../lib/is-record';
import { stringMapOf, stringOr, stringsIn, type Json } from './json';
import { pathFromRoot } from './path-from-root';
import { readJsonFile, readTextFile } from './read-file';

/** A page or component with its JSON, as a folder of built files has it. */
export interface ComponentSource {
  /** From the root, without suffix: `pages/home/index`. */
  path: string;
  json: Json;
  entry: ComponentEntry;
}

/**
 * Every page that app.json lists and every component they reach, pages first, each once.
 *
 * @throws MiniprogramCompileError with every page and component that is missing
 */
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

/** The pages that app.json lists, those of subpackages last. */
export function pagePaths(app: Json): string[] {
  const packages = app['subPackages'] ?? app['subpackages'];
  const inPackages = (Array.isArray(packages) ? packages : [])
    .filter(isRecord)
    .flatMap((item) =>
      stringsIn(item['pages']).map((page) => posix.join(stringOr(item['root'], ''), page)),
    );
  return [...stringsIn(app['pages']), ...inPackages];
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
    Object.entries(using).map(([tag, target]) => [tag, `/${pathFromRoot(target, from)}`]),
  );
}
