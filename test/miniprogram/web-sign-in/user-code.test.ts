import { describe, expect, test } from '@jest/globals';
import {
  readUserCode,
  shownUserCode,
  userCodeFromQuery,
  userCodeFromScan,
} from '../../../miniprogram/web-sign-in/user-code';

const CODE = 'BCDFGHJK';

describe('a code that was typed', () => {
  test.each(['BCDFGHJK', 'bcdf-ghjk', ' Bcdf ghjk ', 'ＢＣＤＦ－ＧＨＪＫ', 'BCDF–GHJK'])(
    '%j is read',
    (typed) => expect(readUserCode(typed)).toBe(CODE),
  );
  test.each(['', 'BCDFGHJ', 'BCDFGHJKL', 'ABCDFGHJ', 'BCDFGHJ1', '一二三四五六七八'])(
    '%j is none',
    (typed) => expect(readUserCode(typed)).toBeUndefined(),
  );
  test('is shown in two halves', () => expect(shownUserCode(CODE)).toBe('BCDF-GHJK'));
});

describe('a code that was scanned', () => {
  test.each([
    { result: 'https://app.example/v1/device?user_code=BCDF-GHJK' },
    { result: 'http://127.0.0.1:8080/v1/device?lang=zh&user_code=BCDF%2DGHJK#x' },
    { result: '', path: 'pages/authorize/index?scene=BCDFGHJK' },
    { result: '', path: 'pages/authorize/index.html?scene=BCDF%2DGHJK' },
    { result: '', path: 'pages%2Fauthorize%2Findex%3Fscene%3DBCDF-GHJK' },
  ])('%j is read', (scanned) => expect(userCodeFromScan(scanned)).toBe(CODE));
  test.each([
    {},
    { result: 'BCDF-GHJK' },
    { result: 'https://app.example/v1/device' },
    { result: 'https://app.example/v1/device?user_code=x' },
    { result: 'https://app.example/v1/device?my_user_code=BCDF-GHJK' },
    { result: 'javascript:?user_code=BCDF-GHJK' },
    { result: '', path: 'pages/legal/index?scene=BCDFGHJK' },
    { result: 'https://a.example/?user_code=BCDF-GHJK', path: 'pages/home/index' },
    { result: `https://a.example/?a=${'b'.repeat(3000)}&user_code=BCDF-GHJK` },
  ])('%j is no code to sign in with', (scanned) =>
    expect(userCodeFromScan(scanned)).toBeUndefined(),
  );
});

describe('the page that is opened', () => {
  test.each([
    { code: CODE },
    { scene: 'BCDFGHJK' },
    { scene: 'BCDF%2DGHJK' },
    { q: 'https%3A%2F%2Fapp.example%2Fv1%2Fdevice%3Fuser_code%3DBCDF-GHJK' },
  ])('by %j has its code', (query) => expect(userCodeFromQuery(query)).toBe(CODE));
  test.each([{}, { code: 'x' }, { scene: '%' }, { q: 'https%3A%2F%2Fapp.example' }])(
    'by %j has none',
    (query) => expect(userCodeFromQuery(query)).toBeUndefined(),
  );
});
