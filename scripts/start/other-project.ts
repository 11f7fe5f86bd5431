/** Somebody else's mini program on two phones: nothing is built, and nothing written into it. */
import { resolve } from 'node:path';
import { readMiniprogram, readOtherProject, startFollowing, withGiven } from '../other-project';
import { startOtherStack } from '../stack';
import { coloursOn } from '../lib/colours';
import { givenFolder } from '../lib/given-folder';
import { text } from '../lib/language';
import { showProgress } from '../lib/progress';
import { root } from '../project/root';
import { explaining, prepareData, requireFreePorts, type Ports } from './explain';
import { printLog, STARTING, untilInterrupted } from './running';

export interface OtherOptions extends Required<Ports> {
  /** The folder of its project.config.json or app.json. */
  project: string;
  /** Default: a folder of its own in this project's. */
  data?: string;
  install?: true;
  /** Ask for changes again and again. */
  poll: boolean;
  collection?: readonly string[];
  permission?: readonly string[];
}

/** Resolves when it has been stopped. */
export async function showOther(given: OtherOptions): Promise<void> {
  // What is wrong with the options is said before anything is looked at.
  await withGiven([], given);
  const chosen = { project: givenFolder(given.project) };
  const { project, description, id } = await readOtherProject(chosen, given.install ?? false, say);
  if (project.miniprogram === undefined || id === undefined) throw new Error('no mini program');
  const { dir, title, appid, warnings } = await readMiniprogram(project.miniprogram);
  const data = given.data === undefined ? `${root}/.local-cloud/${id}` : resolve(given.data);
  const served = { ...given, data };
  await requireFreePorts(served);
  await prepareData(served);
  say([...description, ...warnings].join('\n'));
  const { functionsDir } = project;
  const collections = await withGiven(project.collections.names, given);
  const start = () =>
    showProgress(STARTING, () =>
      explaining(served, () =>
        startOtherStack({
          project: { id, title, appid },
          miniprogramDir: dir,
          ...(functionsDir !== undefined && { functionsDir }),
          collections,
          port: given.port,
          cloudPort: given.cloudPort,
          dataDir: data,
          onLog: printLog,
          onWarning: console.error,
        }),
      ),
    );
  const shown = await startFollowing(start, {
    dir,
    ...(functionsDir !== undefined && { functionsDir }),
    poll: given.poll,
    say,
  });
  await untilInterrupted(() => {
    say(welcome(shown.url, title, data));
    return Promise.resolve();
  });
  await shown.close();
}

function say(line: string): void {
  console.log(line);
}

function welcome(url: string, title: string, data: string): string {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  return text({
    zh: `
  ${bold('打开')} ${cyan(url)}

  两部手机上是${title}，中间是它的云端保存的数据。
  改它的文件并保存，手机会跟着更新。

  ${dim(`按 Ctrl-C 停止。数据保存在 ${data}，网页上的“全部重置”会清空它。`)}
`,
    en: `
  ${bold('Open')} ${cyan(url)}

  ${title} on two phones, and between them what its cloud holds.
  Change its files and save: the phones follow.

  ${dim(`Ctrl-C stops it. The data stays in ${data}; "Reset everything" on the page empties it.`)}
`,
  });
}
