/** The host where people sign in by phone number and password too: `mine` opens the sheet. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, offerWaysIn, openPage, type Mounted } from '../../support/mount';
import { FAILED } from '../support/on-page';

offerWaysIn('wechat', 'phone', 'password');
failOnConsoleError();

const DECLINED = { errMsg: 'getPhoneNumber:fail user deny' };

let wx: FakeWx;
let page: Mounted;

beforeEach(async () => {
  wx = installFakeWx();
  wx.functions = { 'login-phone': () => FAILED, 'login-password': () => FAILED };
  page = await openPage('pages/mine/index');
  await page.tap('profile');
  await page.tap('agree');
});

const submit = (name: string, password: string): Promise<void> =>
  page.send('sheet-form', 'submit', { value: { name, password } });
const isFormThere = (): boolean => page.text('sheet-password-sign-in') !== undefined;

describe('the form for a password, which a phone number that could not be had brings up', () => {
  test.each([
    ['declined', DECLINED],
    ['refused by the function', { code: 'code-1' }],
  ])('stays when something in it is missing (%s)', async (_, reply) => {
    expect(isFormThere()).toBe(false);
    await page.send('sheet-phone', 'getphonenumber', reply);
    expect(isFormThere()).toBe(true);
    await submit('lin', '');
    expect(page.text('sheet-message')).toBe('请输入账号名和密码。');
    expect(isFormThere()).toBe(true);
  });

  test('stays when the box is tapped', async () => {
    await page.send('sheet-phone', 'getphonenumber', DECLINED);
    await page.tap('agree');
    expect(isFormThere()).toBe(true);
  });

  test('stays while it signs in, with what was written into it', async () => {
    await page.send('sheet-phone', 'getphonenumber', DECLINED);
    wx.functions['login-password'] = () => new Promise<object>(() => undefined);
    await submit('lin', 'a long tea party');
    expect(page.text('sheet-password-sign-in')).toBe('正在登录…');
  });

  test('is gone when the sheet is opened anew', async () => {
    await page.send('sheet-phone', 'getphonenumber', DECLINED);
    await page.tap('sheet-decline');
    await page.tap('profile');
    expect(isFormThere()).toBe(false);
    expect(page.text('sheet-more')).toBe('其他登录方式');
  });
});
