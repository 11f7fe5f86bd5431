/** The secret by which functions find a phone number: they keep no number, only its HMAC. */
import type { FunctionResource } from './resources';

export const IDENTITY_KEY = 'IDENTITY_KEY';
/** Characters. A shorter one can be guessed, and with it every number. */
export const MIN_IDENTITY_KEY_LENGTH = 32;

/** Whether a deployment gives it to this function. */
export function needsIdentityKey({ secretVariables }: FunctionResource): boolean {
  return secretVariables !== undefined && IDENTITY_KEY.startsWith(secretVariables);
}
