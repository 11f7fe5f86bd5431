/** Which language is spoken, and how Chinese is laid out on a terminal. */
import { describe, expect, test } from '@jest/globals';
import { displayWidth, padToWidth, wrapToWidth } from '../../../scripts/lib/display-width';
import { languageOf } from '../../../scripts/lib/language-of.cjs';

describe('the language', () => {
  test.each([
    ['zh', { LANG: 'zh_CN.UTF-8' }],
    ['zh', { LANG: 'zh_TW' }],
    ['zh', { LANG: 'zh' }],
    ['en', { LANG: 'en_US.UTF-8' }],
    ['en', { LANG: 'C.UTF-8' }],
    ['en', { LANG: 'POSIX' }],
    ['en', { LANG: 'zha_CN' }],
    ['zh', { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }],
    ['en', { LC_ALL: 'C', LC_MESSAGES: 'zh_CN', LANG: 'zh_CN' }],
    ['zh', { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN' }],
  ] as const)('is %s where the environment says %j', (language, environment) => {
    expect(languageOf(environment, language === 'zh' ? 'en-US' : 'zh-CN')).toBe(language);
  });

  test('is that of the system where the environment says nothing, as on Windows', () => {
    expect(languageOf({}, 'zh-CN')).toBe('zh');
    expect(languageOf({ LANG: '' }, 'zh-Hans-CN')).toBe('zh');
    expect(languageOf({}, 'en-GB')).toBe('en');
  });
});

describe('the width', () => {
  test('of a Chinese character is two columns, of a colour none', () => {
    expect(displayWidth('端口 80，是')).toBe(2 * 2 + 1 + 2 + 2 + 2);
    expect(displayWidth('\u001b[32mok\u001b[39m')).toBe(2);
    expect(padToWidth('端口', 6)).toBe('端口  ');
  });

  test('of a line is kept to, with no punctuation at its beginning', () => {
    const given = '默认取 miniprogram/config.ts 里的环境，没有时取（默认）的那个。';
    for (let width = 24; width < 70; width++) {
      const lines = wrapToWidth(given, width).split('\n');
      expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      for (const line of lines) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/^[，。）]|（$|^ | $/);
      }
    }
  });

  test('of English breaks at spaces, and keeps the breaks that are there', () => {
    expect(wrapToWidth('one two three\nfour', 9)).toBe('one two\nthree\nfour');
    expect(wrapToWidth('averylongword x', 5)).toBe('averylongword\nx');
  });
});
