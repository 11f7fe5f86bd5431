/** Everything that is deployed, and the libraries for other projects. */
import { CommandError } from '../lib/command-error';
import { builtDir } from '../project/built-dir';
import { packageVersion } from '../project/package-version';
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { signInMethodsOf, withSignInMethods } from '../project/sign-in-methods';
import { buildFunctions, buildLibrary } from './functions';
import { buildLocalCloudClient } from './local-cloud-client';
import { buildMiniprogram } from './miniprogram';
import { buildWebSignIn } from './web-sign-in';

export { FUNCTION_TARGET } from './functions';

interface BuildOptions {
  /**
   * The ways in that are offered, in the place of those in cloudfunctions/resources.json: for
   * `builtDir(signInMethods)`.
   */
  signInMethods?: string;
}

/**
 * @throws CommandError where resources.json is not valid, or the sources do not compile, which
 * esbuild has printed by then
 */
export async function build({ signInMethods }: BuildOptions = {}): Promise<void> {
  const outDir = builtDir(signInMethods);
  const resources = readResources(`${root}/cloudfunctions/resources.json`);
  const functions =
    signInMethods === undefined
      ? resources.functions
      : withSignInMethods(resources.functions, signInMethods);
  const sources = `${root}/cloudfunctions`;
  try {
    await Promise.all([
      buildFunctions(sources, functions, `${outDir}/cloudfunctions`, packageVersion()),
      buildLibrary(sources, `${outDir}/lib`),
      buildLocalCloudClient(`${root}/scripts/local-cloud`, `${outDir}/lib`),
      buildWebSignIn(`${root}/scripts/web-sign-in`, `${outDir}/lib`),
      buildMiniprogram(`${root}/miniprogram`, `${outDir}/miniprogram`, signInMethodsOf(functions)),
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
