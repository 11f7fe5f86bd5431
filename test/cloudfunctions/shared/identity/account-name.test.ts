import { expect, test } from '@jest/globals';
import { accountName, maskedName } from '../../../../cloudfunctions/shared/identity/account-name';

const ASTRAL = '𠮷';

test.each([
  ['lin', 'lin'],
  ['LIN', 'lin'],
  // Compatibility forms: full width, ligatures, and what is composed in another way.
  ['Ｌｉｎ９', 'lin9'],
  ['ﬁne', 'fine'],
  ['E\u0301mile', 'émile'],
  ['É\u006dile', 'émile'],
  ['ſmith', 'smith'],
  // Upper case only once it is no compatibility form any more.
  ['ℋa', 'ha'],
  ['Ⅳa', 'iva'],
  ['İstanbul', 'i̇stanbul'],
  ['林小雨', '林小雨'],
  ['li', 'li'],
  [ASTRAL.repeat(2), ASTRAL.repeat(2)],
  [ASTRAL.repeat(64), ASTRAL.repeat(64)],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['lin@example.com', 'lin@example.com'],
  ['+8613800005678', '+8613800005678'],
  ['__proto__', '__proto__'],
  ['$ne', '$ne'],
  ['😀😀', '😀😀'],
])('%p is compared as %p, and stays what it is', (name, compared) => {
  expect(accountName(name)).toBe(compared);
  expect(accountName(compared)).toBe(compared);
});

test.each([
  ['nothing', ''],
  ['one character', 'l'],
  ['one astral character', ASTRAL],
  ['65 characters', 'a'.repeat(65)],
  ['65 astral characters', ASTRAL.repeat(65)],
  ['what becomes longer than 64', 'ﷺ'.repeat(4)],
  ['very much', 'a'.repeat(1_000_000)],
  ['a space', 'li n'],
  ['an ideographic space', 'li\u3000n'],
  ['a space at its end', 'lin '],
  ['a line break', 'lin\n'],
  ['a control character', 'li\u0000n'],
  ['a zero-width space', 'li\u200bn'],
  ['a zero-width joiner', 'li\u200dn'],
  ['a word joiner', 'li\u2060n'],
  ['a byte order mark', '\ufefflin'],
  ['a soft hyphen', 'li\u00adn'],
  ['a mark that turns the direction', 'lin\u202enil'],
  ['a right-to-left mark', 'lin\u200f'],
  ['a variation selector', '❤\ufe0f❤'],
  ['a Hangul filler', 'li\u3164n'],
  ['half a character', 'lin\ud83d'],
  ['a private character', 'lin\ue000'],
  ['an unassigned character', 'lin\u0378'],
  ['a blank braille pattern', 'lin\u2800'],
  ['a number', 42],
  ['null', null],
  ['undefined', undefined],
  ['an operator', { $ne: null }],
  ['a list', ['lin']],
])('%s is no name', (_, name) => {
  expect(accountName(name)).toBeUndefined();
});

test.each([
  ['lin', 'l***n'],
  ['li', 'l***'],
  ['林小雨', '林***雨'],
  [ASTRAL.repeat(3), `${ASTRAL}***${ASTRAL}`],
  ['a'.repeat(64), 'a***a'],
])('%s is shown as %s, whatever its length', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
});
