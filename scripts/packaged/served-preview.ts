/** The preview of a project, on a local cloud with its functions, following what is written. */
import { readMiniprogram, startFollowing } from '../other-project';
import { startStack } from '../stack/stack';
import type { ProjectFolder } from './project-folder';
import { findServed, serveProject, type ServedOptions } from './served';

interface PreviewedOptions extends ServedOptions {
  cloudPort: number;
  /** Ask for changes again and again. */
  poll: boolean;
}

export interface ServedPreview {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws CommandError for a mini program that does not compile, and for what `serveProject` says */
export async function servePreview(
  folder: ProjectFolder,
  { port, cloudPort, poll, ...options }: PreviewedOptions,
): Promise<ServedPreview> {
  const served = await findServed(folder, { ...options, port: cloudPort });
  const { project, id } = served.found;
  if (project.miniprogram === undefined || id === undefined) throw new Error('no mini program');
  const { functionsDir } = project;
  const { dir, title, appid, warnings } = await readMiniprogram(project.miniprogram);
  for (const warning of warnings) console.log(warning);
  const start = () =>
    startStack({
      project: { id, title, appid },
      miniprogramDir: dir,
      port,
      startCloud: () => serveProject(served),
    });
  return startFollowing(start, {
    dir,
    ...(functionsDir !== undefined && { functionsDir }),
    poll,
    say: console.log,
  });
}
