import { root } from './root';

/**
 * Where a build goes. What DevTools opens and what is deployed is in `dist/`; with ways in that
 * resources.json does not offer, it has a folder of its own, so that it is never taken for that.
 *
 * @param signInMethods in the place of those in resources.json
 */
export function builtDir(signInMethods?: string): string {
  return signInMethods === undefined
    ? `${root}/dist`
    : `${root}/dist/trial/${signInMethods.replaceAll(',', '-')}`;
}
