import { CommandError } from './command-error';
import { text } from './language';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const REFUSED: ReadonlySet<string> = new Set([...FULL, 'EACCES', 'EPERM', 'EROFS', 'EBUSY']);

/** With it, one of Node's file system says where a file goes. */
interface Moved {
  dest?: string;
}

/**
 * What the system refuses of a file, which whoever runs the command can mend, in a sentence; anything
 * else stays as it is.
 */
export function explainDiskFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', syscall = '', path, dest } = error as NodeJS.ErrnoException & Moved;
  const file = dest ?? path;
  // Without a path it may be of a port, except where there is no room.
  if (!REFUSED.has(code) || (file === undefined && !FULL.has(code))) return error;
  const what = [syscall, file].filter(Boolean).join(' ');
  return new CommandError(
    FULL.has(code)
      ? text({ zh: `磁盘已满（${what}）。`, en: `There is no room left on the disk (${what}).` })
      : text({
          zh: `系统不允许（${code}，${what}）：请检查它的权限，以及是否有别的程序正在使用它。`,
          en: `The system does not allow it (${code}, ${what}): look at its permissions, and at what else uses it.`,
        }),
    { cause: error },
  );
}
