import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './command-error';
import { text, type Text } from './language';

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
    const { zh, en } = REASONS[reason] ?? { zh: reason, en: reason };
    throw new UsageError(
      text({
        zh: `${option}：${folder} 不能写入（${zh}）：请换一个目录。`,
        en: `${option}: nothing can be written to ${folder} (${en}): choose another folder.`,
      }),
    );
  }
}

const REASONS: Readonly<Partial<Record<string, Text>>> = {
  ENOTDIR: { zh: '它不是目录，或者在某个文件里', en: 'it is not a folder, or lies in a file' },
  EACCES: { zh: '没有权限', en: 'permission denied' },
};

/** One at a time: mkdir with `recursive` never ends where a folder refuses new ones by ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
