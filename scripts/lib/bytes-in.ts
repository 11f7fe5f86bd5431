import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Of all files in a folder and the folders in it. */
export async function bytesIn(dir: string): Promise<number> {
  let bytes = 0;
  for (const file of await readdir(dir, { recursive: true })) {
    const about = await stat(join(dir, file));
    if (about.isFile()) bytes += about.size;
  }
  return bytes;
}
