import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The files of those of these commands that are on the PATH. */
export function onPath(commands: readonly string[]): string[] {
  const { PATH = '' } = process.env;
  const files = PATH.split(delimiter).flatMap((folder) =>
    commands.flatMap((command) => [join(folder, command), join(folder, `${command}.exe`)]),
  );
  return files.filter((file) => existsSync(file));
}
