/** The files that people wrote: what tools install, build and measure is left out. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const NOT_WRITTEN: ReadonlySet<string> = new Set([
  ...['.git', '.local-cloud', 'coverage', 'dist', 'node_modules', 'reports'],
]);

/** Paths inside `dir` with a forward slash, sorted. */
export async function projectFiles(dir: string): Promise<string[]> {
  return (await filesIn(dir, '')).sort();
}

async function filesIn(dir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dir, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !NOT_WRITTEN.has(name))
      .map(async (entry) => {
        const path = `${folder}${entry.name}`;
        return entry.isDirectory() ? filesIn(dir, `${path}/`) : [path];
      }),
  );
  return found.flat();
}
