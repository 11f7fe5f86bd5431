/** The sign-in host where there are three ways in: `mine` opens the sheet by a tap on the profile. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, profileReply, signedInReply, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, offerWaysIn, openPage, type Mounted } from '../../support/mount';

offerWaysIn('wechat', 'phone', 'password');
failOnConsoleError();

let wx: FakeWx;
let page: Mounted;
/** What each function was sent, without what every sign-in sends. */
let sent: Record<string, unknown>[];

beforeEach(async () => {
  wx = installFakeWx();
  sent = [];
  const login =
    (name: string) =>
    ({ device: _, attempt: __, sessionToken: ___, ...data }: Record<string, unknown>) => {
      sent.push({ to: name, ...data });
      return signedInReply;
    };
  wx.functions = {
    login: login('login'),
    'login-phone': login('login-phone'),
    'login-password': login('login-password'),
    profile: () => profileReply(),
  };
  page = await openPage('pages/mine/index');
  await page.tap('profile');
});

const refuse = (code: string, detail?: object) => () => ({
  ok: false,
  code,
  message: '',
  retryable: false,
  ...(detail && { detail }),
});
const isOpen = (): boolean => page.text('sheet-title') !== undefined;
const submit = (name: string, password: string): Promise<void> =>
  page.send('sheet-form', 'submit', { value: { name, password } });

test('where there are several ways in, those who are signed in can manage them', async () => {
  expect(page.text('security')).toBeUndefined();
  await page.tap('agree');
  await page.tap('sheet-sign-in');
  expect(page.text('security')).toBe('账号与安全');
  await page.tap('security');
  expect(wx.heard).toContain('navigateTo /pages/security/index');
});

test('where there are several ways in, the privacy policy says what is kept of them', async () => {
  const legal = await openPage('pages/legal/index', { name: 'privacy' });
  expect(legal.texts('section').join()).toContain('我们不保存完整的手机号，也不保存密码');
});

describe('a sheet with several ways in', () => {
  test('asks to agree before any of them', async () => {
    await page.tap('sheet-phone');
    expect(page.text('sheet-message')).toContain('请先阅读并勾选');
    await page.tap('sheet-sign-in');
    await page.tap('sheet-more');
    await submit('lin', 'correct horse');
    expect([sent, page.text('sheet-message')]).toEqual([
      [],
      '请先阅读并勾选同意用户协议和隐私政策。',
    ]);
  });

  test('signs in by the number that WeChat gives, and closes', async () => {
    await page.tap('agree');
    await page.send('sheet-phone', 'getphonenumber', { code: 'code-1' });
    expect(sent).toEqual([{ to: 'login-phone', code: 'code-1' }]);
    expect(isOpen()).toBe(false);
    expect(page.text('profile-name')).toBe('微信用户');
  });

  test('signs in by WeChat', async () => {
    await page.tap('agree');
    await page.tap('sheet-sign-in');
    expect([sent, isOpen()]).toEqual([[{ to: 'login' }], false]);
  });

  test('signs in by a password, which is behind the other ways', async () => {
    expect(page.text('sheet-form')).toBeUndefined();
    await page.tap('agree');
    await page.tap('sheet-more');
    await submit('lin', 'correct horse');
    expect(sent).toEqual([{ to: 'login-password', name: 'lin', password: 'correct horse' }]);
    expect(isOpen()).toBe(false);
  });

  test.each([
    ['', 'x'],
    ['lin', ''],
  ])('asks for what is missing: %j %j', async (name, password) => {
    await page.tap('agree');
    await page.tap('sheet-more');
    await submit(name, password);
    expect([sent, page.text('sheet-message')]).toEqual([[], '请输入账号名和密码。']);
  });

  test('shows and hides the password', async () => {
    await page.tap('sheet-more');
    expect(page.text('sheet-reveal')).toBe('显示');
    await page.tap('sheet-reveal');
    expect(page.text('sheet-reveal')).toBe('隐藏');
    await page.tap('sheet-reveal');
    expect(page.text('sheet-reveal')).toBe('显示');
  });

  test.each([
    [{ errMsg: 'getPhoneNumber:fail user deny' }, '你没有授权手机号'],
    [{ errno: 1400001, errMsg: 'getPhoneNumber:fail' }, '手机号登录暂时无法使用'],
    [{ errMsg: 'getPhoneNumber:fail no permission' }, '手机号登录暂时无法使用'],
  ])('without a number leads on to the other ways: %j', async (detail, message) => {
    await page.tap('agree');
    await page.send('sheet-phone', 'getphonenumber', detail);
    expect(page.text('sheet-message')).toContain(message);
    expect(sent).toEqual([]);
    await submit('lin', 'correct horse');
    expect(isOpen()).toBe(false);
  });

  test('stays open with the reason when one is refused, and goes on with another', async () => {
    wx.functions['login-phone'] = refuse('INVALID_INPUT', { field: 'code' });
    wx.functions['login-password'] = refuse('IDENTITY_UNKNOWN');
    await page.tap('agree');
    await page.send('sheet-phone', 'getphonenumber', { code: 'used' });
    expect(page.text('sheet-message')).toBe('验证已失效，请重试。');
    await submit('lin', 'wrong');
    expect(page.text('sheet-message')).toBe('账号名或密码不正确。');
    await page.tap('sheet-sign-in');
    expect(isOpen()).toBe(false);
  });

  test('tells when a password may be tried again', async () => {
    const retryAt = new Date(2026, 10, 21, 9, 5).getTime();
    wx.functions['login-password'] = refuse('TOO_MANY_ATTEMPTS', { retryAt });
    await page.tap('agree');
    await page.tap('sheet-more');
    await submit('lin', 'wrong');
    expect(page.text('sheet-message')).toBe('操作过于频繁，请在 11月21日 09:05 后再试。');
  });
});
