import { expect, test } from '@jest/globals';
import {
  newUserCode,
  readUserCode,
  shownUserCode,
} from '../../../../cloudfunctions/shared/device-grants/user-code';

test('a code is read back from how it is shown', () => {
  for (let n = 0; n < 200; n++) {
    const code = newUserCode();
    expect(shownUserCode(code)).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(readUserCode(shownUserCode(code))).toBe(code);
  }
});

test.each([
  'bcdf-ghjk',
  ' BCDF GHJK ',
  'ＢＣＤＦ－ＧＨＪＫ',
  'b c d f g h j k',
  'BCDF—GHJK',
  'bcdf_ghjk',
])('%s is what somebody types for BCDF-GHJK', (typed) => {
  expect(readUserCode(typed)).toBe('BCDFGHJK');
});

test.each([
  '',
  'BCDF-GHJ',
  'BCDF-GHJKL',
  'ABCD-EFGH',
  'BCDF-GHJ1',
  'B'.repeat(65),
  'BCDF/GHJK',
  '{}',
])('no page shows %j', (typed) => {
  expect(readUserCode(typed)).toBeUndefined();
});
