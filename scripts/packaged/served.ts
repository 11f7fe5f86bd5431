/** The local cloud for the functions of a project, with the collections that they need. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import { folderId } from '../lib/folder-id';
import { expecting, readOtherProject, withGiven, type OtherProject } from '../other-project';
import { readManifest } from './manifest';
import { PACKAGE_DIR } from './package-dir';
import { readNote, type ProjectFolder } from './project-folder';

export interface ServedOptions {
  /** 0: any free one. */
  port: number;
  /** Default: out of the way, in node_modules. */
  data?: string;
  /** Made when they are not there. */
  collection: readonly string[];
  /** `NAME=READONLY` each. */
  permission: readonly string[];
}

/** What is served, as it was found. */
export interface Served extends ServedOptions {
  folder: ProjectFolder;
  found: OtherProject;
}

/** @throws CommandError that says what to do; UsageError for names and permissions */
export async function findServed(folder: ProjectFolder, options: ServedOptions): Promise<Served> {
  // What is wrong with the options is said before anything is looked at.
  await withGiven([], options);
  const found = await readOtherProject({ project: folder.dir }, false, console.log);
  return { ...options, folder, found };
}

/** @throws CommandError that says what to do */
export function serveProject({ folder, found, ...options }: Served): Promise<LocalCloud> {
  const { port, data, collection, permission } = options;
  const { functionsDir, collections } = found.project;
  return expecting(async () => {
    const dataDir = data ?? usualData(folder);
    console.log([...found.description, `data in ${dataDir}`].join('\n'));
    const brought = broughtCollections(folder);
    const named = new Set(brought.map(({ name }) => name));
    const others = (names: readonly string[]) => names.filter((name) => !named.has(name));
    return createLocalCloud({
      port,
      dataDir,
      ...(functionsDir !== undefined && { functionsDir }),
      collections: await withGiven([...brought, ...others(collections.names)], {
        collection: others(collection),
        permission,
      }),
      onLog: console.log,
    });
  });
}

/** What the functions need that `init` brought. */
function broughtCollections(project: ProjectFolder) {
  const names = Object.keys(readNote(project)?.functions ?? {});
  const { functions, collections } = readManifest(join(PACKAGE_DIR, 'functions'));
  const needed = new Set(names.flatMap((name) => functions[name]?.collections ?? []));
  return collections.filter(({ name }) => needed.has(name));
}

/** DevTools and git pass over node_modules. */
function usualData({ dir }: ProjectFolder): string {
  const modules = join(dir, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache/wechat-cloud-local/data');
  return join(PACKAGE_DIR, '.data', folderId(dir));
}
