/** The local cloud for the functions of a project, with the collections that they need. */
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { createLocalCloud, describeProject, readProject, type LocalCloud } from '#local-cloud';
import { folderId } from '../lib/folder-id';
import { expecting, withGiven } from '../other-project';
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

/** @throws CommandError that says what to do; UsageError for names and permissions */
export async function serveProject(
  project: ProjectFolder,
  { port, data, collection, permission }: ServedOptions,
): Promise<LocalCloud> {
  // What is wrong with the options is said before anything is looked at.
  await withGiven([], { collection, permission });
  return expecting(async () => {
    const found = await readProject(project.dir);
    const dataDir = data ?? usualData(project);
    console.log([...describeProject(found), `data in ${dataDir}`].join('\n'));
    const brought = broughtCollections(project);
    const named = new Set(brought.map(({ name }) => name));
    const others = (names: readonly string[]) => names.filter((name) => !named.has(name));
    const collections = await withGiven([...brought, ...others(found.collections.names)], {
      collection: others(collection),
      permission,
    });
    return createLocalCloud({
      port,
      dataDir,
      ...(found.functionsDir !== undefined && { functionsDir: found.functionsDir }),
      collections,
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
