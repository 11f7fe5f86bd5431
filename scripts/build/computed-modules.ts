/**
 * Modules named `*.computed.ts`, which export one value by default: they run when a function is
 * built, and the bundle holds the value. What they compute it from does not get into the cloud.
 */
import { stat } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';

interface Computed {
  contents: string;
  /** What it was computed from. */
  inputs: readonly string[];
  signature: string;
}

/** By path. Computed once for all functions, and again when what it is computed from has changed. */
const computed = new Map<string, Promise<Computed>>();

export const computedModules: Plugin = {
  name: 'computed-modules',
  setup(bundler) {
    bundler.onLoad({ filter: /\.computed\.ts$/ }, async ({ path }) => {
      const known = await computed.get(path);
      if (known !== undefined && (await signatureOf(known.inputs)) === known.signature) {
        return { contents: known.contents };
      }
      const computing = compute(path);
      computed.set(path, computing);
      computing.catch(() => computed.delete(path));
      return { contents: (await computing).contents };
    });
  },
};

async function compute(path: string): Promise<Computed> {
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  const inputs = Object.keys(metafile.inputs);
  const module = { exports: {} as { default?: unknown } };
  runInNewContext(outputFiles[0]?.text ?? '', { module, exports: module.exports, require });
  return {
    contents: `export default ${JSON.stringify(module.exports.default)};`,
    inputs,
    signature: await signatureOf(inputs),
  };
}

async function signatureOf(files: readonly string[]): Promise<string> {
  const all = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return all.map((about) => `${about?.size ?? ''}:${about?.mtimeMs ?? ''}`).join();
}
