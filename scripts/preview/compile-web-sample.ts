/** The sample page of the sign-in on the web: static files, which read `config.json` beside them. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Assets } from './assets';

export async function compileWebSample(sampleDir: string): Promise<Assets> {
  const [{ outputFiles }, page] = await Promise.all([
    build({
      entryPoints: [join(sampleDir, 'page.ts'), join(sampleDir, 'page.css')],
      outdir: sampleDir,
      write: false,
      bundle: true,
      format: 'esm',
      target: 'es2020',
      minify: true,
      legalComments: 'none',
      logLevel: 'warning',
    }),
    readFile(join(sampleDir, 'index.html'), 'utf8'),
  ]);
  const built = outputFiles.map(({ path, text }) => [basename(path), text] as const);
  return new Map([...built, ['index.html', page]]);
}
