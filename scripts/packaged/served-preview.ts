/** The preview of a project, on a local cloud with its functions, following what is written. */
import { readProject } from '#local-cloud';
import { folderId } from '../lib/folder-id';
import { expecting, readMiniprogram, startFollowing } from '../other-project';
import { startStack } from '../stack/stack';
import type { ProjectFolder } from './project-folder';
import { serveProject, type ServedOptions } from './served';

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
  { dir: root, ...folder }: ProjectFolder,
  { port, cloudPort, poll, ...served }: PreviewedOptions,
): Promise<ServedPreview> {
  const { miniprogram, functionsDir } = await expecting(() => readProject(root));
  if (miniprogram === undefined) throw new Error(`no mini program in ${root}`);
  const { dir, title, appid, warnings } = await readMiniprogram(miniprogram);
  for (const warning of warnings) console.log(warning);
  const start = () =>
    startStack({
      project: { id: folderId(root), title, appid },
      miniprogramDir: dir,
      port,
      startCloud: () => serveProject({ dir: root, ...folder }, { ...served, port: cloudPort }),
    });
  return startFollowing(start, {
    dir,
    ...(functionsDir !== undefined && { functionsDir }),
    poll,
    say: console.log,
  });
}
