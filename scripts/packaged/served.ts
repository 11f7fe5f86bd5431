/** The local cloud for the functions of a project, with the collections that they need. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { existsSync } from 'node:fs';
import {
  createLocalCloud,
  describeProject,
  LocalCloudStartError,
  ProjectError,
  readProject,
  type LocalCloud,
} from '#local-cloud';
import { CommandError } from '../lib/command-error';
import { readManifest } from './manifest';
import { PACKAGE_DIR } from './package-dir';
import { readNote, type ProjectFolder } from './project-folder';

export interface ServedOptions {
  /** 0: any free one. */
  port: number;
  /** Default: out of the way, in node_modules. */
  data?: string;
  /** Made when they are not there. */
  collections: readonly string[];
  functionVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** @throws CommandError that says what to do */
export async function serveProject(
  project: ProjectFolder,
  { port, data, collections, functionVariables }: ServedOptions,
): Promise<LocalCloud> {
  try {
    const found = await readProject(project.dir);
    const dataDir = data ?? usualData(project);
    console.log([...describeProject(found), `data in ${dataDir}`].join('\n'));
    const brought = broughtCollections(project);
    const named = new Set(brought.map(({ name }) => name));
    const others = [...found.collections.names, ...collections].filter((name) => !named.has(name));
    return await createLocalCloud({
      port,
      dataDir,
      ...(found.functionsDir !== undefined && { functionsDir: found.functionsDir }),
      collections: [...brought, ...new Set(others)],
      ...(functionVariables !== undefined && { functionVariables }),
      onLog: console.log,
    });
  } catch (error) {
    const isExpected = error instanceof LocalCloudStartError || error instanceof ProjectError;
    throw isExpected ? new CommandError(error.message, { cause: error }) : error;
  }
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
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 8);
  return join(PACKAGE_DIR, '.data', `${basename(dir)}-${hash}`);
}
