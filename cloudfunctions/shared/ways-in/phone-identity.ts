/** From the code of a phone button to the way in that its number is. */
import { phoneIdentityId } from '../identity/identity';
import { MAX_PHONE_CODE_LENGTH } from '../session/session-policy';
import type { WantedIdentity } from './link-identity';
import type { ReadPhoneNumber } from './phone-code';

export interface PhoneDependencies {
  readPhoneNumber: ReadPhoneNumber;
  /** With which phone numbers are hashed. */
  identityKey: string;
}

export function isPhoneCode(code: unknown): code is string {
  return typeof code === 'string' && code !== '' && code.length <= MAX_PHONE_CODE_LENGTH;
}

/** `undefined` for a code that was used, has expired, or is none of this mini program. */
export async function phoneIdentity(
  code: string,
  { readPhoneNumber, identityKey }: PhoneDependencies,
): Promise<WantedIdentity | undefined> {
  const number = await readPhoneNumber(code);
  if (number === 'bad') return undefined;
  return { id: phoneIdentityId(number.e164, identityKey), kind: 'phone', label: number.label };
}
