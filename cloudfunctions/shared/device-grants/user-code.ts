/**
 * The code that a web page shows and a person compares, scans or types (RFC 8628, section 6.1): no
 * vowels, so that it spells no word, and no digits that look like letters. 34 bits, which is enough
 * for a few minutes and a limited number of guesses.
 */
import { randomInt } from 'node:crypto';

declare const brand: unique symbol;
/** Eight letters, as they are compared. */
export type UserCode = string & { readonly [brand]: 'UserCode' };

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
const FORMAT = new RegExp(`^[${LETTERS}]{${LENGTH}}$`);
/** With whatever people put between the letters. */
const MAX_TYPED_LENGTH = 64;

export function newUserCode(): UserCode {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join(
    '',
  ) as UserCode;
}

/** As it is shown: `BCDF-GHJK`. */
export function shownUserCode(code: UserCode): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/**
 * From what somebody typed: lower case, letters of full width, spaces and hyphens do no harm.
 * `undefined` for what no page ever shows.
 */
export function readUserCode(typed: string): UserCode | undefined {
  if (typed.length > MAX_TYPED_LENGTH) return undefined;
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '');
  return FORMAT.test(code) ? (code as UserCode) : undefined;
}
