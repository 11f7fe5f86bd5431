import { expect, test } from '@jest/globals';
import { short } from '../../../../../scripts/preview/page/panel/short';

test('a hash is shortened to its ends', () => {
  expect([short('abcdefghijklmnop'), short('abc')]).toEqual(['abcdef…mnop', 'abc']);
});
