/** The preview of a project, on a local cloud with its functions, following what is written. */
import { readMiniprogram, startFollowing } from '../other-project';
import { startStack } from '../stack/stack';
import { explaining, prepareData, requireFreePorts, type Ports } from '../start/explain';
import type { ProjectOptions } from './project-options';
import { findServed, serveProject } from './served';

interface PreviewedOptions extends ProjectOptions, Required<Ports> {
  /** Ask for changes again and again. */
  poll: boolean;
}

export interface ServedPreview {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws UsageError, CommandError that says what to do */
export async function servePreview({
  port,
  cloudPort,
  poll,
  ...options
}: PreviewedOptions): Promise<ServedPreview> {
  const served = await findServed(options);
  const { project, id } = served.found;
  if (project.miniprogram === undefined || id === undefined) throw new Error('no mini program');
  const { functionsDir } = project;
  const { dir, title, appid, warnings } = await readMiniprogram(project.miniprogram);
  const place = { port, cloudPort, data: served.data };
  await requireFreePorts(place);
  await prepareData(place);
  for (const warning of warnings) console.log(warning);
  const start = () =>
    explaining(place, () =>
      startStack({
        project: { id, title, appid },
        miniprogramDir: dir,
        port,
        onWarning: console.error,
        startCloud: () => serveProject(served, cloudPort),
      }),
    );
  return startFollowing(start, {
    dir,
    ...(functionsDir !== undefined && { functionsDir }),
    poll,
    say: console.log,
  });
}
