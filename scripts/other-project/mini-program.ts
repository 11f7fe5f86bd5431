/** The mini program of somebody else's project, as the preview shows it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MiniprogramFolders } from '#local-cloud';
import { CommandError } from '../lib/command-error';
import { whatIsLacking } from './what-is-lacking';

export interface OtherMiniprogram {
  /** Holds its app.json; an absolute path. */
  dir: string;
  title: string;
  appid: string;
  /** What is not as it should be, for its developer; it is shown all the same. */
  warnings: string[];
}

/** DevTools use it for mini programs without an appid of their own. */
const NO_APPID = 'touristappid';

/** @throws CommandError when it can't be shown as it is */
export async function readMiniprogram(folders: MiniprogramFolders): Promise<OtherMiniprogram> {
  const { root, name, appid = NO_APPID, appDirs } = folders;
  const dir = appDirs.find((folder) => existsSync(join(folder, 'app.json')));
  if (dir === undefined) throw new CommandError(noApp(appDirs));
  const { errors, warnings } = await whatIsLacking(dir, root);
  if (errors.length > 0) throw new CommandError(errors.join('\n'));
  return { dir, title: name, appid, warnings };
}

function noApp([dir = '', ...others]: readonly string[]): string {
  if (!existsSync(dir)) {
    return `There is no folder ${dir}, which miniprogramRoot of project.config.json names: build the mini program first, if it is what a build makes.`;
  }
  const also = others.length === 0 ? '' : `, nor in ${others.join(', ')}`;
  return `There is no app.json in ${dir}${also}: choose the folder of a mini program, built if it needs to be.`;
}
