/** The name that goes with a password. */

const MIN_LENGTH = 2;
const MAX_LENGTH = 64;
/** Nothing that is invisible, and no spaces: names that look alike would be different. */
const NOT_IN_NAMES =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/u;

/**
 * As it is compared: compatibility forms, and upper and lower case, are the same (Unicode Technical
 * Report 15 and 36). `undefined` for what is no name.
 */
export function accountName(value: unknown): string | undefined {
  // A bound on the work: normalising makes some characters up to 18 times as long.
  if (typeof value !== 'string' || value.length > 2 * MAX_LENGTH) return undefined;
  const name = value.normalize('NFKC').toLowerCase().normalize('NFKC');
  const { length } = Array.from(name);
  if (length < MIN_LENGTH || length > MAX_LENGTH || NOT_IN_NAMES.test(name)) return undefined;
  return name;
}

/** Enough for the owner to recognise: `l***n`. */
export function maskedName(name: string): string {
  const characters = Array.from(name);
  const last = characters.length > 2 ? (characters.at(-1) ?? '') : '';
  return `${characters[0] ?? ''}***${last}`;
}
