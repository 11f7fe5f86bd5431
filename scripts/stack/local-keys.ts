import type { FunctionVariables } from '#preview';
import { IDENTITY_KEY, LOCAL_IDENTITY_KEY, needsIdentityKey } from '../project/identity-key';
import type { FunctionResource } from '../project/resources';

/** The variables that a deployment takes from its environment, where a function can't do without. */
export function localKeys(functions: readonly FunctionResource[]): FunctionVariables {
  return Object.fromEntries(
    functions
      .filter(needsIdentityKey)
      .map(({ name }) => [name, { [IDENTITY_KEY]: LOCAL_IDENTITY_KEY }]),
  );
}
