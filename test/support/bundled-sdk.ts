/**
 * The real SDKs, each bundled as the build does it for functions: an instance starts in a third of
 * the time.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { bundleRare, lazyModules, RARE_FILE } from '../../scripts/build/lazy-modules';
import { root } from '../../scripts/project/root';

const TARGET = 'node20';

/** Resolves to the bundle, which is built once for each version of the package. */
export async function bundledSdk(name: 'wx-server-sdk' | '@cloudbase/node-sdk'): Promise<string> {
  const { version } = JSON.parse(
    await readFile(`${root}/node_modules/${name}/package.json`, 'utf8'),
  ) as { version: string };
  const folder = `${root}/node_modules/.cache/bundled-sdk/${name.replace('/', '-')}-${version}`;
  const file = `${folder}/index.js`;
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  // Atomic: other tests may be doing the same.
  const own = (path: string): string => `${path}.${process.pid}`;
  const rare = `${folder}/${RARE_FILE}`;
  await writeFile(own(rare), await bundleRare(TARGET));
  await rename(own(rare), rare);
  await build({
    entryPoints: [`${root}/node_modules/${name}`],
    outfile: own(file),
    bundle: true,
    platform: 'node',
    target: TARGET,
    format: 'cjs',
    logLevel: 'error',
    plugins: [lazyModules],
  });
  await rename(own(file), file);
  return file;
}
