import words from './common-passwords.computed';

let set: ReadonlySet<string> | undefined;

/** @param password in lower case, 8 characters or more */
export function isCommon(password: string): boolean {
  set ??= new Set(words.split('\n'));
  return set.has(password);
}
