/**
 * The real SDKs, each in one file, as the build puts them into functions: an instance starts in a
 * third of the time.
 */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { lazyModules } from '../../scripts/build/lazy-modules';
import { root } from '../../scripts/project/root';

const TARGET = 'node20';

/** Resolves to the bundle, which is built once for each version of the package. */
export async function bundledSdk(name: 'wx-server-sdk' | '@cloudbase/node-sdk'): Promise<string> {
  const { version } = JSON.parse(
    await readFile(`${root}/node_modules/${name}/package.json`, 'utf8'),
  ) as { version: string };
  const file = `${root}/node_modules/.cache/bundled-sdk/${name.replace('/', '-')}-${version}.js`;
  if (existsSync(file)) return file;
  // Atomic: other tests may be doing the same.
  const own = `${file}.${process.pid}`;
  await build({
    entryPoints: [`${root}/node_modules/${name}`],
    outfile: own,
    bundle: true,
    platform: 'node',
    target: TARGET,
    format: 'cjs',
    logLevel: 'error',
    plugins: [lazyModules({ target: TARGET })],
  });
  await rename(own, file);
  return file;
}
