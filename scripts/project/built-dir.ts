import { root } from './root';

/**
 * Where a build goes. What DevTools opens and what is deployed is in `dist/`; with ways in that
 * resources.json does not offer, it has a folder of its own, so that it is never taken for that.
 *
 * @param signInMethods in the place of those in resources.json
 * @param dir the project's root
 */
export function builtDir(signInMethods?: string, dir = root): string {
  return signInMethods === undefined
    ? `${dir}/dist`
    : `${dir}/dist/trial/${signInMethods.replaceAll(',', '-')}`;
}

/** In it: when the latest build began, in epoch milliseconds. */
export const BUILT_AT = '.built-at';
