import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './command-error';
import { text } from './language';

/**
 * The absolute path of a folder that an option names, which must be there.
 *
 * @throws UsageError when it is not, or is no folder
 */
export function givenFolder(path: string): string {
  const folder = resolve(path);
  if (isFolder(folder)) return folder;
  throw new UsageError(text({ zh: `没有目录 ${folder}。`, en: `There is no folder ${folder}.` }));
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
