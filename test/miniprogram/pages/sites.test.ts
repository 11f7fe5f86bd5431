import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, sessionInfo, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage, type Mounted } from '../../support/mount';
import { FAILED, openSignedIn } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
let sessions: object[];
let revoked: unknown[];

beforeEach(() => {
  wx = installFakeWx();
  revoked = [];
  const web = sessionInfo('web', {
    device: { name: 'Chrome', platform: 'windows' },
    site: { id: 'shop', name: '小店' },
    createdAt: new Date(2026, 10, 21, 9, 5).getTime(),
    renewedAt: new Date(2026, 10, 21, 9, 30).getTime(),
    current: false,
  });
  sessions = [sessionInfo('id'), web];
  wx.functions = {
    session: ({ action, sessionId }) => {
      if (action === 'list') return { ok: true, sessions };
      revoked.push(sessionId);
      sessions = sessions.slice(0, 1);
      return { ok: true, ended: 1 };
    },
  };
});

const open = (name = 'sites'): Promise<Mounted> => openSignedIn(wx, `pages/${name}/index`);

describe('the page of the signed-in websites', () => {
  test('lists them, and no phone, with their browser and times', async () => {
    const page = await open();
    expect(page.texts('site-name')).toEqual(['小店']);
    expect(page.text('site-browser')).toBe('Windows 上的 Chrome');
    expect(page.text('site-signed-in')).toBe('登录于 11月21日 09:05');
    expect(page.text('site-used')).toBe('最近使用 11月21日 09:30');
  });

  test('ends one once that is confirmed', async () => {
    const page = await open();
    wx.confirms = false;
    await page.tap('end');
    expect(revoked).toEqual([]);
    wx.confirms = true;
    await page.tap('end');
    expect([revoked, page.text('sites-empty')]).toEqual([['web'], '没有已登录的网页']);
    expect(wx.heard.at(-1)).toBe('showToast 已退出');
  });

  test('says that it could not be loaded, and loads again on a tap', async () => {
    const answer = wx.functions['session'];
    wx.functions['session'] = () => FAILED;
    const page = await open();
    expect(page.text('sites-retry')).toBe('读取失败，点击重试');
    wx.functions['session'] = answer ?? (() => undefined);
    await page.tap('sites-retry');
    expect(page.texts('site-name')).toEqual(['小店']);
  });

  test('asks to sign in first', async () => {
    const page = await openPage('pages/sites/index');
    await page.tap('sites-sign-in');
    expect(page.text('sheet-title')).toBe('登录后继续');
  });
});

test('the devices page takes no web page for a phone', async () => {
  const page = await open('devices');
  expect(page.texts('device-name')).toEqual(['iPhone 15', '小店']);
  expect(page.texts('badge')).toEqual(['本机', '网页']);
  expect(page.texts('device-browser')).toEqual(['Windows 上的 Chrome']);
  await page.tap('end');
  expect(wx.heard).toContain('showModal 退出该网页');
});
