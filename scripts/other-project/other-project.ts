/** What somebody else wrote, as the local cloud serves it. */
import { describeProject, readFunctions, readProject, type Project } from '#local-cloud';
import { folderId } from '../lib/folder-id';
import { expecting } from './expecting';
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
export function readOtherProject(
  chosen: Chosen,
  install: boolean,
  say: (line: string) => void,
): Promise<OtherProject> {
  return expecting(async () => {
    let project = await read(chosen);
    if (install) {
      await installMissing(project, say);
      project = await read(chosen);
    }
    const root = project.miniprogram?.root;
    return {
      project,
      description: describeProject(project),
      ...(root !== undefined && { id: folderId(root) }),
    };
  });
}

function read(chosen: Chosen): Promise<Project> {
  return 'project' in chosen ? readProject(chosen.project) : readFunctions(chosen.functions);
}
