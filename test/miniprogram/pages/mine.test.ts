import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, profileReply, storedSession, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage, type Mounted } from '../../support/mount';

failOnConsoleError();

const unavailable = { ok: false, code: 'UNAVAILABLE', message: '', retryable: false };

let wx: FakeWx;

beforeEach(() => {
  wx = installFakeWx();
});

async function openSignedIn(): Promise<Mounted> {
  wx.storage.set(...storedSession);
  wx.functions = {
    profile: () => profileReply('小林'),
    logout: () => ({ ok: true, ended: 1 }),
    account: () => ({ ok: true, deleted: true }),
    ...wx.functions,
  };
  return openPage('pages/mine/index');
}

const toast = (): string | undefined => wx.heard.findLast((line) => line.startsWith('showToast'));

describe('"mine", signed out', () => {
  test('offers to sign in, and nothing that needs it', async () => {
    const page = await openPage('pages/mine/index');
    expect([page.text('profile-name'), page.text('profile-hint')]).toEqual(['未登录', '点击登录']);
    expect([page.text('devices'), page.text('mine-sign-out'), page.text('delete')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await page.tap('mine-terms');
    expect(wx.heard).toContain('navigateTo /pages/legal/index?name=terms');
  });
});

describe('"mine", signed in', () => {
  test('shows who is signed in, and leads to their profile and devices', async () => {
    const page = await openSignedIn();
    expect(page.text('profile-name')).toBe('小林');
    await page.tap('profile');
    await page.tap('devices');
    expect(wx.heard.filter((line) => line.startsWith('navigateTo'))).toEqual([
      'navigateTo /pages/profile/index',
      'navigateTo /pages/devices/index',
    ]);
  });

  test('has nothing to manage where WeChat is the only way in', async () => {
    expect((await openSignedIn()).text('security')).toBeUndefined();
  });

  test('shows a neutral name when the profile cannot be loaded', async () => {
    wx.functions['profile'] = () => unavailable;
    expect((await openSignedIn()).text('profile-name')).toBe('微信用户');
  });

  test('signs this device out', async () => {
    const page = await openSignedIn();
    await page.tap('mine-sign-out');
    expect(wx.heard).toContain('showActionSheet 退出本机登录|退出所有设备');
    expect([page.text('profile-name'), toast()]).toEqual(['未登录', 'showToast 已退出登录']);
    expect(wx.storage.size).toBe(0);
  });

  test.each([
    [true, '未登录'],
    [false, '小林'],
  ])('signs out everywhere if that is confirmed: %p', async (confirms, name) => {
    wx.chooses = 1;
    wx.confirms = confirms;
    const page = await openSignedIn();
    await page.tap('mine-sign-out');
    expect(wx.heard).toContain('showModal 退出所有设备');
    expect(page.text('profile-name')).toBe(name);
  });

  test('stays signed in when the sheet is closed', async () => {
    wx.chooses = undefined;
    const page = await openSignedIn();
    await page.tap('mine-sign-out');
    expect([page.text('profile-name'), toast()]).toEqual(['小林', undefined]);
  });

  test('deletes the account if that is confirmed, and nothing of it is left', async () => {
    wx.confirms = false;
    const page = await openSignedIn();
    await page.tap('delete');
    expect(wx.heard).not.toContain('callFunction account');
    wx.confirms = true;
    await page.tap('delete');
    expect([page.text('profile-name'), toast(), wx.storage.size]).toEqual([
      '未登录',
      'showToast 账号已注销',
      0,
    ]);
  });

  test('stays signed in when the account could not be deleted', async () => {
    wx.functions['account'] = () => unavailable;
    const page = await openSignedIn();
    await page.tap('delete');
    expect([page.text('profile-name'), toast()]).toEqual(['小林', 'showToast 操作未完成，请重试']);
  });
});

test('deleting the account too often is said to be so, and when it may be tried again', async () => {
  const retryAt = new Date(2026, 10, 21, 9, 5).getTime();
  wx.functions['account'] = () => ({
    ...unavailable,
    code: 'TOO_MANY_ATTEMPTS',
    retryable: true,
    detail: { retryAt },
  });
  const page = await openSignedIn();
  await page.tap('delete');
  expect([page.text('profile-name'), toast()]).toEqual([
    '小林',
    'showToast 操作过于频繁，请在 11月21日 09:05 后再试。',
  ]);
});

test('"mine" speaks English where WeChat does', async () => {
  wx = installFakeWx('en');
  const page = await openPage('pages/mine/index');
  expect(page.text('profile-name')).toBe('Not signed in');
  expect(wx.heard).toContain('setNavigationBarTitle Me');
});

describe('scanning, on "mine"', () => {
  const tapped = async (): Promise<string | undefined> => {
    const page = await openPage('pages/mine/index');
    wx.heard.length = 0;
    await page.tap('scan');
    return wx.heard.find((line) => line !== 'scanCode ');
  };

  test.each([
    [{ result: 'https://a.example/v1/device?user_code=bcdf-ghjk' }],
    [{ result: '', path: 'pages/authorize/index?scene=BCDFGHJK' }],
  ])('takes the letters of a code, and nothing else: %j', async (scanned) => {
    wx.scans = scanned;
    expect(await tapped()).toBe('navigateTo /pages/authorize/index?code=BCDFGHJK');
  });

  test.each([
    [{ result: 'https://evil.example/' }],
    [{ result: '', path: 'pages/legal/index?scene=BCDFGHJK' }],
  ])('says of any other code that it is none: %j', async (scanned) => {
    wx.scans = scanned;
    expect(await tapped()).toBe('showToast 这不是登录二维码，请扫描网页上显示的二维码。');
  });

  test('says nothing when it is closed', async () => {
    expect(await tapped()).toBeUndefined();
  });

  test('leads to typing the code where it does not work', async () => {
    wx.scans = 'scanCode:fail system error';
    expect(await tapped()).toBe('navigateTo /pages/authorize/index?failed=1');
  });
});
