import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The size of all files in a folder and its subfolders. */
export async function bytesIn(dir: string): Promise<number> {
  let bytes = 0;
  for (const file of await readdir(dir, { recursive: true })) {
    const about = await stat(join(dir, file));
    if (about.isFile()) bytes += about.size;
  }
  return bytes;
}
