/** A project that somebody else wrote: what the local cloud needs of it, and what it lacks. */
import { requireFunctionsDir } from '../environment/folders';
import { findCollectionNames, type CollectionNames } from './collection-names';
import { readFunctionFolders, type FunctionFolder } from './function-folder';
import { readProjectConfig } from './project-config';
import { sourceFilesIn } from './source-file';

export interface Project {
  /** The mini program; not where only a folder of functions was given. */
  miniprogram?: MiniprogramFolders;
  /** An absolute path; not where there are no functions. */
  functionsDir?: string;
  functions: FunctionFolder[];
  collections: CollectionNames;
  /** What is wrong with its configuration, for the developer. */
  problems: string[];
}

/** Absolute paths. */
export interface MiniprogramFolders {
  /** Of the whole project. */
  root: string;
  /** In DevTools, or that of the project's folder. */
  name: string;
  /** As its configuration says. */
  appid?: string;
  /** Where its app.json should be; the first that holds one is it. */
  appDirs: readonly string[];
}

/**
 * @param dir the folder that holds `project.config.json`, or one above or below; or a mini
 *   program's own, with its app.json in it or in `miniprogram/`
 * @throws ProjectError
 */
export async function readProject(dir: string): Promise<Project> {
  const { functionsDir, miniprogramDir, problems, ...config } = readProjectConfig(dir);
  const { root, name, appid, appDirs } = config;
  const folders = [miniprogramDir, ...(functionsDir === undefined ? [] : [functionsDir])];
  return {
    miniprogram: { root, name, appDirs, ...(appid !== undefined && { appid }) },
    ...(functionsDir !== undefined && { functionsDir }),
    functions: functionsDir === undefined ? [] : await readFunctionFolders(functionsDir),
    collections: await findCollectionNames(folders.flatMap(sourceFilesIn)),
    problems,
  };
}

/**
 * @param functionsDir an absolute path
 * @throws LocalCloudStartError `FUNCTIONS_DIR_MISSING`
 */
export async function readFunctions(functionsDir: string): Promise<Project> {
  requireFunctionsDir(functionsDir);
  return {
    functionsDir,
    functions: await readFunctionFolders(functionsDir),
    collections: await findCollectionNames(sourceFilesIn(functionsDir)),
    problems: [],
  };
}
