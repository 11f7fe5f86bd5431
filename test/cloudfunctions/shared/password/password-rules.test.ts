import { describe, expect, test } from '@jest/globals';
import {
  normalisedPassword,
  problemWith,
} from '../../../../cloudfunctions/shared/password/password-rules';

const ASTRAL = '𠮷';
/** Characters of which no run is common or a repetition. */
const typed = (length: number): string =>
  Array.from({ length }, (_, n) => String.fromCodePoint(0x4e00 + n * 7)).join('');

describe('what is typed', () => {
  test.each([
    ['correct horse', 'correct horse'],
    ['Ｆｕｌｌ　Ｗｉｄｔｈ', 'Full Width'],
    ['e\u0301', 'é'],
    ['UPPER stays', 'UPPER stays'],
    [' spaces count ', ' spaces count '],
    ['👩\u200d👧 family', '👩\u200d👧 family'],
    [ASTRAL.repeat(128), ASTRAL.repeat(128)],
    [typed(128), typed(128)],
  ])('%p is hashed as %p', (text, password) => {
    expect(normalisedPassword(text)).toEqual({ password });
  });

  test.each([
    ['129 characters', typed(129)],
    ['129 astral characters', ASTRAL.repeat(129)],
    ['what becomes longer than 128', 'ﷺ'.repeat(8)],
    ['very much', 'x'.repeat(1_000_000)],
  ])('%s is too long', (_, text) => {
    expect(normalisedPassword(text)).toBe('long');
  });

  test.each([
    [''],
    ['with\u0000nothing'],
    ['with\nlines'],
    ['with\ttabs'],
    ['deleted\u007f'],
    ['c1\u0085control'],
    ['half\ud83d'],
    [12345678],
    [null],
    [undefined],
    [{ $ne: null }],
    [['password']],
  ])('%p is no password', (value) => {
    expect(normalisedPassword(value)).toBeUndefined();
  });
});

describe('a new password', () => {
  test.each([
    // Seven and eight code points, not units.
    [typed(7), 'short'],
    [ASTRAL.repeat(4), 'short'],
    ['密码七个字符吗', 'short'],
    ['我爱北京天安门广', undefined],
    [typed(8), undefined],
    [typed(128), undefined],
    ['correct horse battery', undefined],
    ['lowercaseonlyhere', undefined],
    // Common, in any case; what people who write Chinese try first; what was only repeated.
    ['password', 'common'],
    ['PassWord', 'common'],
    ['12345678', 'common'],
    ['qwertyuiop', 'common'],
    ['woaini1314', 'common'],
    ['Woaini520', 'common'],
    ['5201314woaini', 'common'],
    ['wang123456', 'common'],
    ['a123456789', 'common'],
    ['88888888', 'common'],
    ['147258369', 'common'],
    ['aaaaaaaaa', 'common'],
    ['12341234', 'common'],
    ['爱你爱你爱你爱你', 'common'],
    [ASTRAL.repeat(8), 'common'],
    // The name counts for nothing, wherever it is.
    ['xiaoyulin', 'name'],
    ['XiaoYuLin1', 'name'],
    ['1xiaoyulin2', 'name'],
    ['xiaoyulinxiaoyulin', 'name'],
    ['xiaoyulin-7-trees', undefined],
    ['xiaoyulin-7-tree', 'name'],
  ])('%p is refused as %p', (password, problem) => {
    expect(problemWith(password, 'xiaoyulin')).toBe(problem);
  });

  test('that only holds a name of two letters by chance is accepted', () => {
    expect(problemWith('silicon valley', 'li')).toBeUndefined();
  });

  test('that is one character which stands for eighteen is refused as short', () => {
    const password = 'ﷺ'.normalize('NFKC');
    expect(problemWith(password, 'lin', 'ﷺ')).toBe('short');
    expect(problemWith(password, 'lin')).toBeUndefined();
  });
});
