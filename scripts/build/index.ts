/** Everything that is deployed, into `dist/`. */
import { CommandError } from '../lib/command-error';
import { packageVersion } from '../project/package-version';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { buildFunctions, buildLibrary } from './functions';
import { buildLocalCloudClient } from './local-cloud-client';
import { buildMiniprogram } from './miniprogram';

/** @throws CommandError where the sources do not compile, which esbuild has printed by then */
export async function build(): Promise<void> {
  const { functions } = readResources(`${root}/cloudfunctions/resources.json`);
  const sources = `${root}/cloudfunctions`;
  try {
    await Promise.all([
      buildFunctions(sources, functions, `${root}/dist/cloudfunctions`, packageVersion()),
      buildLibrary(sources, `${root}/dist/lib`),
      buildLocalCloudClient(`${root}/scripts/local-cloud`, `${root}/dist/lib`),
      buildMiniprogram(`${root}/miniprogram`, `${root}/dist/miniprogram`),
    ]);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new CommandError('The build failed: see the lines above.', { cause: error });
  }
}

/** esbuild gives it no class. */
function isBuildFailure(error: unknown): boolean {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}
