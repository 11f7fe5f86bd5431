import type { FunctionVariables } from '#preview';
import { IDENTITY_KEY, needsIdentityKey } from '../project/identity-key';
import type { FunctionResource } from '../project/resources';

/**
 * Of the local cloud only, where the numbers of people are made up. The same at every start: by
 * another one nobody would be found by their number.
 */
const LOCAL_KEY = 'of-the-local-cloud-only-and-not-a-secret';

/** The variables that a deployment takes from its environment, where a function can't do without. */
export function localKeys(functions: readonly FunctionResource[]): FunctionVariables {
  return Object.fromEntries(
    functions.filter(needsIdentityKey).map(({ name }) => [name, { [IDENTITY_KEY]: LOCAL_KEY }]),
  );
}
