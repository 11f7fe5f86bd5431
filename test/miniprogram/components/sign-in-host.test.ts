/** The host on a page of its own: `mine` opens the sheet by a tap on the profile. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, profileReply, signedInReply, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage, type Mounted } from '../../support/mount';
import { FAILED, agreeAndSignIn } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
let page: Mounted;

beforeEach(async () => {
  wx = installFakeWx();
  wx.functions = {
    login: () => signedInReply,
    profile: () => profileReply(),
  };
  page = await openPage('pages/mine/index');
  await page.tap('profile');
});

describe('the sign-in host', () => {
  test('opens the sheet with the box not ticked', () => {
    expect(page.text('sheet-title')).toBe('登录后继续');
    expect(page.text('box-checked')).toBeUndefined();
  });

  test('signs nobody in who has not agreed, and says so', async () => {
    await page.tap('sheet-sign-in');
    expect(page.text('sheet-message')).toContain('请先阅读并勾选');
    expect(wx.heard).not.toContain('callFunction login');
    await page.tap('agree');
    expect(page.text('sheet-message')).toBeUndefined();
  });

  test('signs in whoever has agreed, and closes', async () => {
    await agreeAndSignIn(page);
    expect(page.text('sheet-title')).toBeUndefined();
    expect(page.text('profile-name')).toBe('微信用户');
    expect([...wx.storage.keys()]).toEqual(['session']);
  });

  test('stays open when signing in fails, and offers to try again', async () => {
    wx.functions['login'] = () => FAILED;
    await agreeAndSignIn(page);
    expect(page.text('sheet-message')).toContain('服务出了点问题');
    expect(page.text('sheet-sign-in')).toBe('重试');
  });

  test('forgets the tick when it is closed and opened again', async () => {
    await page.tap('agree');
    expect(page.text('box-checked')).toBe('');
    await page.tap('sheet-decline');
    await page.tap('profile');
    expect(page.text('box-checked')).toBeUndefined();
  });

  test('opens the documents without closing', async () => {
    await page.tap('terms');
    await page.tap('privacy');
    expect(wx.heard.filter((line) => line.startsWith('navigateTo'))).toEqual([
      'navigateTo /pages/legal/index?name=terms',
      'navigateTo /pages/legal/index?name=privacy',
    ]);
    expect(page.text('sheet-title')).toBe('登录后继续');
  });
});
