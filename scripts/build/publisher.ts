/**
 * Puts what was built in place, file by file: each is written beside the folder and renamed, so that
 * whoever reads it finds the old one or the new one. What has not changed is not touched. What is no
 * longer made is removed last.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError } from '../lib/command-error';
import { text } from '../lib/language';
import { isLocked, retryWhileLocked } from '../lib/retry-while-locked';
import type { BuiltFile } from './built-file';

export interface Publisher {
  /**
   * Resolves to the paths of what has changed, in `dist/`.
   *
   * @param folders that hold nothing but these files
   * @throws CommandError when another program keeps a file open, and where nothing can be written
   */
  publish(files: readonly BuiltFile[], folders: readonly string[]): Promise<string[]>;
}

const STAGING = '.staging-';
/** No build takes so long: what is older was left behind by one that was ended. */
const ABANDONED_MS = 10 * 60_000;

/** What whoever builds can mend. */
const UNWRITABLE: ReadonlySet<string> = new Set([
  ...['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EEXIST', 'ENOTDIR'],
]);

/** What stands on the disk, by its signature. */
interface Known {
  content: Uint8Array;
  signature: string;
}

/** @param move as `rename` of Node */
export function createPublisher(outDir: string, move = rename): Publisher {
  /** By path. Another build may write there too: only what still has the signature counts. */
  const known = new Map<string, Known>();

  async function isInPlace({ path, content }: BuiltFile): Promise<boolean> {
    const target = join(outDir, path);
    const signature = await signatureOf(target);
    if (signature === '') return false;
    const before = known.get(path);
    const existing =
      before?.signature === signature
        ? before.content
        : await readFile(target).catch(() => undefined);
    if (existing === undefined || !areEqual(existing, content)) return false;
    known.set(path, { content, signature });
    return true;
  }

  async function put(staging: string, { path, content }: BuiltFile): Promise<void> {
    const target = join(outDir, path);
    const staged = join(staging, randomUUID());
    await writeFile(staged, content);
    await makeFolder(dirname(target), outDir);
    try {
      await retryWhileLocked(() => replace(staged, target, move));
    } catch (error) {
      if (!isLocked(error)) throw error;
      throw new CommandError(
        text({
          zh: `${target} 不能替换：另一个程序正打开着它。请关掉那个程序，再构建一次。`,
          en: `${target} can't be replaced: another program has it open. Close that, and build again.`,
        }),
        { cause: error },
      );
    }
    known.set(path, { content, signature: await signatureOf(target) });
  }

  async function publish(
    files: readonly BuiltFile[],
    folders: readonly string[],
  ): Promise<string[]> {
    await mkdir(outDir, { recursive: true });
    await removeAbandoned(outDir);
    const inPlace = await Promise.all(files.map(isInPlace));
    const changed = files.filter((_, at) => inPlace[at] !== true);
    if (changed.length > 0) {
      const staging = join(outDir, `${STAGING}${randomUUID()}`);
      await mkdir(staging);
      try {
        const others = changed.filter(({ isEntry }) => isEntry !== true);
        await Promise.all(others.map((file) => put(staging, file)));
        const entries = changed.filter(({ isEntry }) => isEntry === true);
        await Promise.all(entries.map((file) => put(staging, file)));
      } finally {
        await rm(staging, { recursive: true, force: true, maxRetries: 5 });
      }
    }
    const made = new Set(files.map(({ path }) => path));
    const removed = (
      await Promise.all(folders.map((folder) => removeOthers(outDir, folder, made)))
    ).flat();
    for (const path of removed) known.delete(path);
    return [...changed.map(({ path }) => path), ...removed];
  }

  return { publish: (files, folders) => writing(outDir, () => publish(files, folders)) };
}

/** @throws CommandError where the folder can't be written */
async function writing<Result>(outDir: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!UNWRITABLE.has(code)) throw error;
    throw new CommandError(
      text({
        zh: `无法写入 ${outDir}（${code}）：请检查权限、磁盘空间，以及是否有同名的文件挡在那里。`,
        en: `${outDir} can't be written (${code}): look at its permissions, at the room on the disk, and whether a file stands in its place.`,
      }),
      { cause: error },
    );
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && Buffer.compare(a, b) === 0);
}

/** Differs after each change; empty where there is no file. */
async function signatureOf(file: string): Promise<string> {
  try {
    const about = await stat(file, { bigint: true });
    if (!about.isFile()) return '';
    return `${about.ino}:${about.size}:${about.mtimeNs}:${about.ctimeNs}`;
  } catch {
    return '';
  }
}

/** A file may stand where a folder belongs now. */
async function makeFolder(folder: string, outDir: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'EEXIST' && code !== 'ENOTDIR') || folder === outDir) throw error;
    for (let path = folder; path !== outDir; path = dirname(path)) {
      const about = await stat(path).catch(() => undefined);
      if (about !== undefined && !about.isDirectory()) await rm(path, { force: true });
    }
    await mkdir(folder, { recursive: true });
  }
}

/** A folder may stand where a file belongs now. */
async function replace(staged: string, target: string, move: typeof rename): Promise<void> {
  try {
    await move(staged, target);
  } catch (error) {
    const about = await stat(target).catch(() => undefined);
    if (about?.isDirectory() !== true) throw error;
    await rm(target, { recursive: true, force: true });
    await move(staged, target);
  }
}

async function removeAbandoned(outDir: string): Promise<void> {
  for (const name of await readdir(outDir)) {
    if (!name.startsWith(STAGING)) continue;
    const folder = join(outDir, name);
    const about = await stat(folder).catch(() => undefined);
    if (about !== undefined && Date.now() - about.mtimeMs > ABANDONED_MS) {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/** Resolves to what it removed. A script goes before what it loads. */
async function removeOthers(
  outDir: string,
  folder: string,
  made: ReadonlySet<string>,
): Promise<string[]> {
  const removed: string[] = [];
  const entries = await readdir(join(outDir, folder), { withFileTypes: true }).catch(() => []);
  const isFirst = (name: string): number => (name === 'index.js' ? 0 : 1);
  for (const entry of entries.sort((a, b) => isFirst(a.name) - isFirst(b.name))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      removed.push(...(await removeOthers(outDir, path, made)));
    } else if (!made.has(path)) {
      await retryWhileLocked(() => rm(join(outDir, path), { force: true }));
      removed.push(path);
    }
  }
  if (![...made].some((path) => path.startsWith(`${folder}/`))) {
    // Another build may be putting a file into it.
    await rmdir(join(outDir, folder)).catch(() => undefined);
  }
  return removed;
}
