/**
 * The files of the cloud storage, in a folder. Once `save` has resolved, a file survives a crash.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { retryWhileLocked } from './retry-while-locked';

export interface StoredFile {
  cloudPath: string;
  /** The uploader: only they and functions may overwrite it. Absent: a function uploaded it. */
  openid?: string;
  contentType: string;
  content: Buffer;
}

export interface Disk {
  rename: (from: string, to: string) => Promise<void>;
  rm: (path: string, options: { force: boolean }) => Promise<void>;
}

export interface FileStore {
  read(cloudPath: string): Promise<StoredFile | undefined>;
  save(file: StoredFile): Promise<void>;
  /** Resolves to whether the file existed. */
  remove(cloudPath: string): Promise<boolean>;
  clear(): Promise<void>;
}

/** @param disk `rename` and `rm` as those of Node */
export function openFileStore(folder: string, disk: Disk = { rename, rm }): FileStore {
  // Hashed: a path from outside never names a file of this machine.
  const fileOf = (cloudPath: string): string =>
    join(folder, createHash('sha256').update(cloudPath).digest('hex'));
  const read = async (cloudPath: string): Promise<StoredFile | undefined> => {
    try {
      return decode(await readFile(fileOf(cloudPath)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    read,
    async save(file) {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `${randomUUID()}.part`);
      try {
        await writeDurably(unfinished, encode(file));
        await retryWhileLocked(() => disk.rename(unfinished, fileOf(file.cloudPath)));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    async remove(cloudPath) {
      const existed = (await read(cloudPath)) !== undefined;
      await retryWhileLocked(() => disk.rm(fileOf(cloudPath), { force: true }));
      return existed;
    },
    clear: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** One line of JSON, then the content. */
function encode({ content, ...about }: StoredFile): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), content]);
}

function decode(bytes: Buffer): StoredFile {
  const end = bytes.indexOf('\n');
  const about = JSON.parse(bytes.toString('utf8', 0, end)) as Omit<StoredFile, 'content'>;
  return { ...about, content: bytes.subarray(end + 1) };
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
