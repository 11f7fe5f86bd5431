/** The files that people wrote: what tools install, build and measure is left out. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** In the root; elsewhere a folder of that name is one of the sources. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  ...['.git', '.local-cloud', 'coverage', 'dist', 'reports'],
]);

/**
 * Paths inside `dir` with a forward slash, sorted. Links are left out: they are nobody's text, and
 * Emacs makes one that leads nowhere for each file that is being edited.
 */
export async function projectFiles(dir: string): Promise<string[]> {
  return (await filesIn(dir, '')).sort();
}

async function filesIn(dir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dir, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => name !== 'node_modules' && !(folder === '' && NOT_WRITTEN.has(name)))
      .map(async (entry) => {
        const path = `${folder}${entry.name}`;
        if (entry.isDirectory()) return filesIn(dir, `${path}/`);
        return entry.isFile() ? [path] : [];
      }),
  );
  return found.flat();
}
