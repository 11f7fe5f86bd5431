import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './command-error';

/**
 * Makes the folder that an option names, unless it is there. Resolves it against the folder from
 * which the command is run, and answers its absolute path.
 *
 * @param option for the message, e.g. `--out`
 * @throws UsageError when it is no folder, or cannot be made or written
 */
export function makeOutputFolder(path: string, option: string): string {
  const folder = resolve(path);
  try {
    makeFolder(folder);
    readdirSync(folder);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const known = { ENOTDIR: 'it is not a folder, or lies in a file', EACCES: 'permission denied' };
    const told = known[reason as keyof typeof known] as string | undefined;
    throw new UsageError(
      `${option}: nothing can be written to ${folder} (${told ?? reason}): choose another folder.`,
    );
  }
}

/** One at a time: mkdir with `recursive` never ends where a folder refuses new ones by ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
