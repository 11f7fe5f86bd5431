/**
 * `wx-server-sdk` as two files that stand beside every function: bundled once for all of them, and
 * not again when a function changes.
 */
import { build } from 'esbuild';
import { root } from '../project/root';
import { explained } from './build-error';
import { bundleRare, lazyModules, RARE_FILE } from './lazy-modules';
import { onlyOutput } from './only-output';

export const SDK = 'wx-server-sdk';
export const SDK_FILE = 'sdk.js';

/** By name. */
export type SdkFiles = Readonly<Record<typeof SDK_FILE | typeof RARE_FILE, Uint8Array>>;

/** The oldest runtime that the cloud offers for new functions. */
export const TARGET = 'node16';

/** The same for all builds of a process. */
let bundled: Promise<SdkFiles> | undefined;

/** @throws BuildError */
export async function bundleSdk(): Promise<SdkFiles> {
  bundled ??= bundleBoth();
  try {
    return await bundled;
  } catch (error) {
    bundled = undefined;
    throw explained(error);
  }
}

async function bundleBoth(): Promise<SdkFiles> {
  const [{ outputFiles }, rare] = await Promise.all([
    build({
      entryPoints: [SDK],
      absWorkingDir: root,
      outdir: root,
      bundle: true,
      platform: 'node',
      target: TARGET,
      format: 'cjs',
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
      logLevel: 'silent',
      write: false,
      plugins: [lazyModules],
    }),
    bundleRare(TARGET),
  ]);
  return { [SDK_FILE]: onlyOutput(outputFiles), [RARE_FILE]: rare };
}
