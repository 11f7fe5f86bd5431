import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, profileReply, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage, type Mounted } from '../../support/mount';
import { FAILED, openSignedIn } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
let kept: Record<string, unknown>;

beforeEach(() => {
  wx = installFakeWx();
  kept = { nickname: '', avatarFileId: '' };
  wx.functions['profile'] = ({ action, nickname, avatarFileId }) => {
    if (action === 'save') {
      kept = {
        nickname: nickname ?? kept['nickname'],
        avatarFileId: avatarFileId ?? kept['avatarFileId'],
      };
    }
    return { ...profileReply(), profile: kept };
  };
});

const signedIn = (): Promise<Mounted> => openSignedIn(wx, 'pages/profile/index');

describe('the profile page', () => {
  test('asks to sign in first', async () => {
    const page = await openPage('pages/profile/index');
    expect(page.text('state-text')).toBe('登录后可以设置头像和昵称。');
    await page.tap('profile-sign-in');
    expect(page.text('sheet-title')).toBe('登录后继续');
  });

  test('is empty at first, and needs neither', async () => {
    const page = await signedIn();
    expect(page.text('choose')).toBe('点击选择');
    expect(page.text('hint')).toContain('不填写也不影响使用');
    expect(page.text('clear')).toBeUndefined();
  });

  test('saves the avatar that was chosen', async () => {
    const page = await signedIn();
    await page.send('avatar-cell', 'chooseavatar', { avatarUrl: 'http://tmp/a.jpg' });
    expect(kept['avatarFileId']).toMatch(/^cloud:\/\/env\/avatars\/x\/[\w-]+\.jpg$/);
    expect([page.text('choose'), wx.heard.at(-1)]).toEqual([undefined, 'showToast 已保存']);
  });

  test('takes both back if that is confirmed', async () => {
    kept = { nickname: '小林', avatarFileId: 'cloud://env/avatars/x/a.png' };
    const page = await signedIn();
    await page.tap('clear');
    expect([kept, wx.heard.at(-1)]).toEqual([
      { nickname: '', avatarFileId: '' },
      'showToast 已清除',
    ]);
    expect(page.text('clear')).toBeUndefined();
  });

  test('says that it could not be loaded, and loads again on a tap', async () => {
    const answer = wx.functions['profile'];
    wx.functions['profile'] = () => FAILED;
    const page = await signedIn();
    expect(page.text('profile-retry')).toBe('读取失败，点击重试');
    wx.functions['profile'] = answer ?? (() => undefined);
    await page.tap('profile-retry');
    expect(page.text('choose')).toBe('点击选择');
  });
});
