/** A project that somebody else wrote: what the local cloud needs of it, and what it lacks. */
import { requireFunctionsDir } from '../environment/folders';
import { findCollectionNames, type CollectionNames } from './collection-names';
import { readFunctionFolders, type FunctionFolder } from './function-folder';
import { readProjectConfig } from './project-config';
import { sourceFilesIn } from './source-file';

export interface Project {
  /** `project.config.json`, an absolute path; not where only a folder of functions was given. */
  configFile?: string;
  /** An absolute path; not where there are no functions. */
  functionsDir?: string;
  functions: FunctionFolder[];
  collections: CollectionNames;
  /** What is wrong with its configuration, for the developer. */
  problems: string[];
}

/**
 * @param dir the folder that holds `project.config.json`, or one above or below
 * @throws ProjectError
 */
export async function readProject(dir: string): Promise<Project> {
  const { file, functionsDir, miniprogramDir, problems } = readProjectConfig(dir);
  const folders = [miniprogramDir, ...(functionsDir === undefined ? [] : [functionsDir])];
  return {
    configFile: file,
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
