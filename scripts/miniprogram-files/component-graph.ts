import { posix } from 'node:path';
import {
  componentsOf,
  CUSTOM_TAB_BAR,
  type ComponentEntry,
  type StyleIsolation,
} from './component-entry';
import type { Problem } from './compile-error';
import { isRecord } from '../lib/is-record';
import { stringMapOf, stringOr, stringsIn, type Json } from './json';
import { pathCandidates, type PathAliases } from './module-paths';
import { readJsonFile, readTextFile, type Folder } from './read-file';

/** A page or component with its JSON, as a folder of built files has it. */
export interface ComponentSource {
  /** From the root, without suffix: `pages/home/index`. */
  path: string;
  json: Json;
  entry: ComponentEntry;
}

export interface ComponentGraph {
  /** Pages first, each once. */
  components: ComponentSource[];
  /** Every page and component that is named and missing. A missing page is among `components`. */
  problems: Problem[];
}

/** `plugin://name/component`, `dynamicLib://`: what WeChat brings from elsewhere. */
const FROM_ELSEWHERE = /^[\w-]+:\/\//;

/** Every page that app.json lists, every component they reach, and the custom tab bar. */
export async function readComponentGraph(folder: Folder, app: Json): Promise<ComponentGraph> {
  const problems: Problem[] = [];
  const components = new Map<string, ComponentSource>();
  const finder = new ComponentFinder(folder, stringMapOf(app['resolveAlias']));
  const shared = await finder.findAll(stringMapOf(app['usingComponents']), 'app');
  const waiting = pagePaths(app).map((path) => ({ path, isPage: true }));
  if (isRecord(app['tabBar']) && app['tabBar']['custom'] === true)
    waiting.push({ path: CUSTOM_TAB_BAR, isPage: false });
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, isPage } = next;
    if (components.has(path)) continue;
    const json = (await readJsonFile(folder, `${path}.json`)) ?? {};
    const isThere = await finder.has(path);
    if (!isThere) {
      const file = 'app.json';
      problems.push({ file, message: `names ${path}, and there is no ${path}.wxml` });
    }
    const own = await finder.findAll(stringMapOf(json['usingComponents']), path);
    const found = new Map([...shared, ...own]);
    const generics = await finder.findAll(defaultsOf(json['componentGenerics']), path);
    const entry = entryOf(path, isPage, json, found);
    if (isRecord(json['componentGenerics']))
      entry.generics = genericsOf(Object.keys(json['componentGenerics']), generics);
    if (!isThere) entry.missing = `${path}.wxml is missing`;
    components.set(path, { path, json, entry });
    problems.push(...problemsOf(path, own), ...problemsOf(path, generics));
    for (const target of componentsOf(entry)) waiting.push({ path: target, isPage: false });
  }
  return {
    components: [...components.values()],
    problems: [...problemsOf('app', shared), ...problems],
  };
}

function subpackages(app: Json): Json[] {
  const packages = app['subPackages'] ?? app['subpackages'];
  return (Array.isArray(packages) ? packages : []).filter(isRecord);
}

/** Where the subpackages of app.json begin, from the root: `packages/shop/`. */
export function packageRoots(app: Json): string[] {
  return subpackages(app).map((item) => {
    const root = stringOr(item['root'], '').replace(/^[/]+|[/]+$/g, '');
    return `${root}/`;
  });
}

/** The pages that app.json lists, the one that opens first in front and those of subpackages last. */
export function pagePaths(app: Json): string[] {
  const inPackages = subpackages(app).flatMap((item) =>
    stringsIn(item['pages']).map((page) => posix.join(stringOr(item['root'], ''), page)),
  );
  const pages = [...stringsIn(app['pages']), ...inPackages].map((page) => page.replace(/^\//, ''));
  const entry = stringOr(app['entryPagePath'], '').replace(/\.html$/, '');
  return [...new Set(pages.includes(entry) ? [entry, ...pages] : pages)];
}

/** A component's path, or why there is none. */
type Found = { path: string } | { absent: string };

class ComponentFinder {
  readonly #there = new Map<string, boolean>();

  constructor(
    private readonly folder: Folder,
    private readonly aliases: PathAliases,
  ) {}

  async has(path: string): Promise<boolean> {
    const known = this.#there.get(path);
    if (known !== undefined) return known;
    const isThere = (await readTextFile(this.folder, `${path}.wxml`)) !== undefined;
    this.#there.set(path, isThere);
    return isThere;
  }

  async findAll(using: Record<string, string>, from: string): Promise<Map<string, Found>> {
    const found = new Map<string, Found>();
    for (const [tag, target] of Object.entries(using)) {
      found.set(tag, await this.#find(target, from));
    }
    return found;
  }

  async #find(target: string, from: string): Promise<Found> {
    if (FROM_ELSEWHERE.test(target))
      return { absent: `${target} is not part of the preview: WeChat brings it from elsewhere` };
    const candidates = pathCandidates(target, from, this.aliases);
    for (const path of candidates.flatMap((candidate) => [candidate, `${candidate}/index`])) {
      if (await this.has(path)) return { path };
    }
    return { absent: `names ${target}, and there is no ${candidates.join('.wxml, no ')}.wxml` };
  }
}

function problemsOf(path: string, found: Map<string, Found>): Problem[] {
  return [...found.values()].flatMap((component) =>
    'absent' in component ? [{ file: `${path}.json`, message: component.absent }] : [],
  );
}

function entryOf(
  path: string,
  isPage: boolean,
  json: Json,
  found: Map<string, Found>,
): ComponentEntry {
  const styleIsolation = isPage ? 'shared' : isolationOf(json['styleIsolation']);
  const pattern = json['pureDataPattern'];
  const usingComponents: Record<string, string> = {};
  const absent: Record<string, string> = {};
  for (const [tag, component] of found) {
    if ('path' in component) usingComponents[tag] = `/${component.path}`;
    else absent[tag] = component.absent;
  }
  return {
    isPage,
    styleIsolation,
    ...(styleIsolation === 'shared' ? {} : { styleScope: styleScopeOf(path) }),
    usingComponents,
    ...(found.size === Object.keys(usingComponents).length ? {} : { absent }),
    ...(typeof pattern === 'string' ? { pureDataPattern: pattern } : {}),
  };
}

/** `componentGenerics` of a component's JSON: `{ item: true, other: { default: 'path' } }`. */
function defaultsOf(generics: unknown): Record<string, string> {
  if (!isRecord(generics)) return {};
  return Object.fromEntries(
    Object.entries(generics).flatMap(([tag, generic]) =>
      isRecord(generic) && typeof generic['default'] === 'string'
        ? [[tag, generic['default']] as const]
        : [],
    ),
  );
}

function genericsOf(
  tags: readonly string[],
  defaults: Map<string, Found>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    tags.map((tag) => {
      const found = defaults.get(tag);
      return [tag, found !== undefined && 'path' in found ? `/${found.path}` : undefined];
    }),
  );
}

function styleScopeOf(path: string): string {
  return path.replace(/[^\w-]/g, '-');
}

function isolationOf(value: unknown): StyleIsolation {
  return value === 'apply-shared' || value === 'shared' ? value : 'isolated';
}
