import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, sessionInfo, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage, type Mounted } from '../../support/mount';
import { FAILED, openSignedIn } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
let sessions: { id: string }[];

beforeEach(() => {
  wx = installFakeWx();
  const other = (id: string, name: string) => ({
    ...sessionInfo(id, { device: { name, platform: 'android' }, current: false }),
    id,
  });
  sessions = [{ ...sessionInfo('id'), id: 'id' }, other('a', 'Xiaomi 14'), other('b', '')];
  wx.functions = {
    session: ({ action, sessionId }) => {
      if (action === 'revoke') sessions = sessions.filter(({ id }) => id !== sessionId);
      return action === 'list' ? { ok: true, sessions } : { ok: true, ended: 1 };
    },
    logout: () => {
      sessions = sessions.slice(0, 1);
      return { ok: true, ended: 2 };
    },
  };
});

const signedIn = (): Promise<Mounted> => openSignedIn(wx, 'pages/devices/index');

describe('the devices page', () => {
  test('asks to sign in first', async () => {
    const page = await openPage('pages/devices/index');
    expect(page.text('state-text')).toBe('登录后可以查看和管理登录设备。');
    await page.tap('devices-sign-in');
    expect(page.text('sheet-title')).toBe('登录后继续');
  });

  test('lists every device, marks this one, and cannot end it', async () => {
    const page = await signedIn();
    expect(page.texts('device-name')).toEqual(['iPhone 15', 'Xiaomi 14', '未知设备']);
    expect(page.texts('badge')).toEqual(['本机']);
    expect(page.texts('end')).toHaveLength(2);
  });

  test('ends one that was chosen and confirmed', async () => {
    const page = await signedIn();
    wx.confirms = false;
    await page.tap('end');
    expect(page.texts('device-name')).toHaveLength(3);
    wx.confirms = true;
    await page.tap('end');
    expect(page.texts('device-name')).toEqual(['iPhone 15', '未知设备']);
    expect(wx.heard.at(-1)).toBe('showToast 已退出');
  });

  test('ends all others', async () => {
    const page = await signedIn();
    await page.tap('end-others');
    expect(page.texts('device-name')).toEqual(['iPhone 15']);
    expect(page.text('end-others')).toBeUndefined();
  });

  test('says that it could not be loaded, and loads again on a tap', async () => {
    const answer = wx.functions['session'];
    wx.functions['session'] = () => FAILED;
    const page = await signedIn();
    expect(page.text('devices-retry')).toBe('读取失败，点击重试');
    wx.functions['session'] = answer ?? (() => undefined);
    await page.tap('devices-retry');
    expect(page.texts('device-name')).toHaveLength(3);
  });
});
