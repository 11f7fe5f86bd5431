/** The preview of a project, on a local cloud with its functions. */
import type { LocalCloud } from '#local-cloud';
import { startStack, type Stack } from '../stack/stack';
import type { ProjectFolder } from './project-folder';
import { serveProject, type ServedOptions } from './served';

interface PreviewedOptions extends ServedOptions {
  cloudPort: number;
}

/** @throws CommandError for a mini program that does not compile, and for what `serveProject` says */
export function servePreview(
  project: ProjectFolder,
  { port, cloudPort, ...served }: PreviewedOptions,
): Promise<Stack<LocalCloud>> {
  return startStack({
    miniprogramDir: project.miniprogramDir,
    port,
    startCloud: (functionVariables) =>
      serveProject(project, { ...served, port: cloudPort, functionVariables }),
  });
}
