/** The local cloud for the functions of a project, with the collections that they need. */
import { join, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import { folderId } from '../lib/folder-id';
import { readOtherProject, withGiven, type OtherProject } from '../other-project';
import { readManifest, type BroughtCollection } from './manifest';
import { PACKAGE_DIR } from './package-dir';
import { findProject, readNote, type ProjectFolder } from './project-folder';
import type { ProjectOptions } from './project-options';

/** What is served, as it was found. */
export interface Served {
  found: OtherProject;
  /** What the functions need that `init` brought. */
  brought: readonly BroughtCollection[];
  /** Where its state is kept: an absolute path. */
  data: string;
  /** Made when they are not there. */
  collection: readonly string[];
  /** `NAME=READONLY` each. */
  permission: readonly string[];
}

/** @throws UsageError for a wrong option, before anything is looked at; CommandError that says what to do */
export async function findServed({
  project,
  data,
  collection = [],
  permission = [],
}: ProjectOptions): Promise<Served> {
  await withGiven([], { collection, permission });
  const folder = findProject(project);
  const found = await readOtherProject({ project: folder.dir }, false, console.log);
  const dataDir = data === undefined ? usualData(folder) : resolve(data);
  const brought = broughtCollections(folder);
  return { found, brought, data: dataDir, collection, permission };
}

/** @throws LocalCloudStartError */
export async function serveProject(
  { found, brought, data, collection, permission }: Served,
  port: number,
): Promise<LocalCloud> {
  const { functionsDir, collections } = found.project;
  console.log([...found.description, `data in ${data}`].join('\n'));
  const named = new Set(brought.map(({ name }) => name));
  const others = (names: readonly string[]) => names.filter((name) => !named.has(name));
  return createLocalCloud({
    port,
    dataDir: data,
    ...(functionsDir !== undefined && { functionsDir }),
    collections: await withGiven([...brought, ...others(collections.names)], {
      collection: others(collection),
      permission,
    }),
    onLog: console.log,
  });
}

function broughtCollections(project: ProjectFolder): BroughtCollection[] {
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
