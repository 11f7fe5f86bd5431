/**
 * Which passwords are accepted (NIST SP 800-63B-4, 3.1.1.2): long enough, and none that is tried
 * first. No rules about kinds of characters; the reason of a refusal is told.
 */
import { isCommon } from './common-passwords';

/** As in the contract. */
type PasswordProblem = 'short' | 'long' | 'common' | 'name';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;
/** A bound on the work, in UTF-16 code units, before anything is counted. */
const MAX_UNITS = 4 * MAX_LENGTH;
/** A password is typed: nothing that no keyboard sends, and no half of a character. */
const NOT_TYPED = /[\p{Cc}\p{Cs}]/u;

/**
 * As it is hashed: NFKC, so that the same password typed on another keyboard is the same. Each code
 * point counts one. `undefined` for what can't be a password, `long` for one that is too long.
 */
export function normalisedPassword(value: unknown): { password: string } | 'long' | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (value.length > MAX_UNITS) return 'long';
  if (NOT_TYPED.test(value)) return undefined;
  const password = value.normalize('NFKC');
  return Array.from(password).length > MAX_LENGTH ? 'long' : { password };
}

/**
 * @param password normalised
 * @param name normalised: as everybody who guesses knows it, it counts for nothing
 * @param typed before it was normalised: one character may stand for eighteen, as ﷺ does
 */
export function problemWith(
  password: string,
  name: string,
  typed = password,
): PasswordProblem | undefined {
  if ([password, typed].some((text) => Array.from(text).length < MIN_LENGTH)) return 'short';
  const lower = password.toLowerCase();
  if (isCommon(lower) || isRepetition(lower)) return 'common';
  const rest = lower.split(name).join('');
  return rest !== lower && Array.from(rest).length < MIN_LENGTH ? 'name' : undefined;
}

/** `aaaaaaaa`, `12341234`. */
function isRepetition(password: string): boolean {
  return /^(.{1,4}?)\1+$/su.test(password);
}
