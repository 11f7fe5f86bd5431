/** The secret by which functions find a phone number: they keep no number, only its HMAC. */
import type { FunctionResource } from './resources';

export const IDENTITY_KEY = 'IDENTITY_KEY';

/**
 * Of the local cloud only, where the numbers of people are made up. The same at every start: by
 * another one nobody would be found by their number.
 */
export const LOCAL_IDENTITY_KEY = 'of-the-local-cloud-only-and-not-a-secret';

/** Whether a deployment gives it to this function. */
export function needsIdentityKey({ secretVariables }: FunctionResource): boolean {
  return secretVariables !== undefined && IDENTITY_KEY.startsWith(secretVariables);
}

/** For the local cloud: the variables, by function, of those that can't do without a key. */
export function localKeys(
  functions: readonly FunctionResource[],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    functions
      .filter(needsIdentityKey)
      .map(({ name }) => [name, { [IDENTITY_KEY]: LOCAL_IDENTITY_KEY }]),
  );
}
