import { cp, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { lazyModules } from './lazy-modules';

/** The oldest runtime that the cloud offers for new functions. */
const TARGET = 'node16';

/** Every folder with an `index.ts` becomes a deployable function: one file with its dependencies inside, and its JSON. */
export async function buildFunctions(sourceDir: string, outDir: string): Promise<void> {
  const folders = await readdir(sourceDir);
  const names = folders.filter((name) => existsSync(`${sourceDir}/${name}/index.ts`));
  await rm(outDir, { recursive: true, force: true });
  await Promise.all(
    names.map((name) => buildFunction(`${sourceDir}/${name}`, `${outDir}/${name}`)),
  );
}

async function buildFunction(sourceDir: string, outDir: string): Promise<void> {
  await build({
    entryPoints: [`${sourceDir}/index.ts`],
    outfile: `${outDir}/index.js`,
    bundle: true,
    platform: 'node',
    target: TARGET,
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [lazyModules({ target: TARGET })],
  });
  for (const file of ['config.json', 'package.json']) {
    await cp(`${sourceDir}/${file}`, `${outDir}/${file}`);
  }
}
