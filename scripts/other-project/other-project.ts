/** What somebody else wrote, as the local cloud serves it. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import {
  describeProject,
  LocalCloudStartError,
  ProjectError,
  readFunctions,
  readProject,
  type Project,
} from '#local-cloud';
import { CommandError } from '../lib/command-error';
import { installMissing } from './install-missing';

/** A mini program's folder, or a folder of functions alone; absolute paths. */
export type Chosen = { project: string } | { functions: string };

export interface OtherProject {
  project: Project;
  /** What was found, and what is missing; one line each. */
  description: string[];
  /** A name for what is kept of it, outside of it; not where there are functions only. */
  id?: string;
}

/**
 * @param install whether packages that its functions lack are installed, with npm, in their folders
 * @throws CommandError when there is nothing of the kind
 */
export async function readOtherProject(
  chosen: Chosen,
  install: boolean,
  say: (line: string) => void,
): Promise<OtherProject> {
  try {
    let project = await read(chosen);
    if (install) {
      await installMissing(project, say);
      project = await read(chosen);
    }
    const root = project.miniprogram?.root;
    return {
      project,
      description: describeProject(project),
      ...(root !== undefined && { id: idOf(root) }),
    };
  } catch (error) {
    const isExpected = error instanceof LocalCloudStartError || error instanceof ProjectError;
    throw isExpected ? new CommandError(error.message, { cause: error }) : error;
  }
}

function read(chosen: Chosen): Promise<Project> {
  return 'project' in chosen ? readProject(chosen.project) : readFunctions(chosen.functions);
}

/** Two projects may have folders of the same name. */
function idOf(root: string): string {
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return `${basename(root)}-${hash}`;
}
