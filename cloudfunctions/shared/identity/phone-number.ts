/** A phone number as it identifies somebody, and as they may see it. */

export interface PhoneNumber {
  /** E.164: `+8613800005678`. */
  e164: string;
  /** For the owner's eyes: `138****5678`. */
  label: string;
}

/** E.164: 15 digits at most, the country's among them. Shorter ones are not given to people. */
export const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * From what WeChat says: `countryCode` is a string or a number, and `purePhoneNumber` has no
 * country code. `undefined` for what is no number.
 */
export function phoneNumberOf(
  countryCode: unknown,
  purePhoneNumber: unknown,
): PhoneNumber | undefined {
  const country = digitsOf(countryCode);
  const digits = digitsOf(purePhoneNumber);
  const e164 = `+${country}${digits}`;
  if (country === '' || digits === '' || !E164.test(e164)) return undefined;
  return { e164, label: country === '86' ? masked(digits) : `+${country} ${masked(digits)}` };
}

function digitsOf(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^\+?\d+$/.test(text) ? text.replace('+', '') : '';
}

/** Seven digits at most are shown, and four at least are not. */
function masked(digits: string): string {
  const shown = Math.max(0, Math.min(4, digits.length - 7));
  const before = Math.max(0, Math.min(3, digits.length - shown - 4));
  const end = shown === 0 ? '' : digits.slice(-shown);
  return `${digits.slice(0, before)}****${end}`;
}
