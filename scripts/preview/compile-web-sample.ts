/** The sample page of the sign-in on the web: static files, which read `config.json` beside them. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export async function compileWebSample(sampleDir: string, outDir: string): Promise<void> {
  await build({
    entryPoints: [join(sampleDir, 'page.ts'), join(sampleDir, 'page.css')],
    outdir: outDir,
    bundle: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  await cp(join(sampleDir, 'index.html'), join(outDir, 'index.html'));
}
