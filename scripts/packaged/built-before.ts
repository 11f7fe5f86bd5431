/**
 * In the package this stands for esbuild, which would be a native dependency: what it would build for
 * the preview's pages was built when the package was packed, and is in `built/` beside the commands.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

interface Wanted {
  entryPoints?: readonly string[] | Readonly<Record<string, string>>;
  outdir?: string;
  write?: boolean;
}

export async function build({ entryPoints = [], outdir = '', write = true }: Wanted) {
  const names = Array.isArray(entryPoints)
    ? entryPoints.map((file: string) => basename(file))
    : Object.keys(entryPoints).map((name) => `${name}.ts`);
  const outputFiles = await Promise.all(
    names.map(async (name) => {
      const file = `${basename(name, extname(name))}${extname(name) === '.css' ? '.css' : '.js'}`;
      const text = await readFile(join(__dirname, 'built', file), 'utf8');
      return { path: join(outdir, file), text };
    }),
  );
  if (write) {
    await mkdir(outdir, { recursive: true });
    for (const { path, text } of outputFiles) await writeFile(path, text);
  }
  return { outputFiles, errors: [], warnings: [] };
}
