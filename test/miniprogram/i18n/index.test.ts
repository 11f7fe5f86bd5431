import { expect, test } from '@jest/globals';
import { en, zhCN } from '../../../miniprogram/i18n/copy';
import { copyFor, formatTime, naming, withSeveralWays } from '../../../miniprogram/i18n/index';

test.each(['zh_CN', 'en'])('in QQ nothing speaks of WeChat, in %s', (language) => {
  const copy = copyFor(language);
  const texts = JSON.stringify(naming('qq', copy));
  expect(texts).not.toMatch(/微信|WeChat| {2}|" QQ/);
  expect(Object.keys(naming('qq', copy))).toEqual(Object.keys(copy));
});

test('a space parts QQ from Chinese, and opens no text', () => {
  const copy = naming('qq', copyFor('zh_CN'));
  expect(copy.mine.signedIn).toBe('QQ 用户');
  expect(copy.problem.NO_IDENTITY).toBe('无法确认你的 QQ 身份，请在 QQ 中打开小程序。');
});

test('in WeChat the copy is as written', () => {
  expect(naming('wechat', copyFor('zh_CN'))).toBe(copyFor('zh_CN'));
});

test.each([
  [zhCN, '手机号', '密码'],
  [en, 'phone number', 'password'],
])('where there are several ways in, what is kept of them is told', (copy, number, password) => {
  const told = withSeveralWays(copy);
  expect(told.home.articles.map(({ title }) => title)).toEqual(
    copy.home.articles.map(({ title }) => title),
  );
  const kept = [told.home.articles[0]?.body, told.legal.privacy.sections.join(' ')];
  for (const text of kept) expect(text).toContain(number);
  expect(told.legal.privacy.sections.join(' ')).toContain(password);
  expect(told.legal.privacy.sections.at(-1)).toBe(copy.legal.privacy.sections.at(-1));
  expect(told.privacy.before).toContain(number);
  expect(copy.legal.privacy.sections.join(' ')).not.toContain(number);
});

test.each([
  ['en', en],
  ['en_US', en],
  ['zh_CN', zhCN],
  ['zh_TW', zhCN],
  ['fr', zhCN],
  ['', zhCN],
])('the language %j gets its copy', (language, copy) => {
  expect(copyFor(language)).toBe(copy);
});

test('midnight and the last month are written like any other time', () => {
  expect(formatTime(zhCN, new Date(2026, 11, 1, 0, 0).getTime())).toBe('12月1日 00:00');
});
