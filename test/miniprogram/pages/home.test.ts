import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, sessionInfo, signedInReply, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage } from '../../support/mount';
import { agreeAndSignIn, openSignedIn } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
/** The note of whoever is signed in. */
let kept: string;

beforeEach(() => {
  wx = installFakeWx();
  kept = '旧便签';
  wx.functions = {
    login: () => signedInReply,
    logout: () => ({ ok: true, ended: 1 }),
    session: () => ({ ok: true, session: sessionInfo('id') }),
    note({ action, text }) {
      if (action === 'save') kept = String(text);
      return { ok: true, text: kept };
    },
  };
});

describe('the home page', () => {
  test('can be read without signing in', async () => {
    const page = await openPage('pages/home/index');
    expect(page.text('title')).toBe('未登录');
    expect(page.texts('article')).toHaveLength(3);
    expect(wx.heard.filter((line) => line.startsWith('callFunction'))).toEqual([]);
  });

  test('shows the session of whoever is signed in, and ends it', async () => {
    const page = await openSignedIn(wx, 'pages/home/index');
    expect(page.text('title')).toBe('已登录');
    await page.tap('sign-out');
    expect(page.text('title')).toBe('未登录');
    expect(wx.storage.size).toBe(0);
  });

  test('asks to sign in when a note is saved, and then saves it', async () => {
    kept = '';
    const page = await openPage('pages/home/index');
    await page.send('text', 'input', { value: '买牛奶' });
    await page.tap('save');
    expect(page.text('sheet-title')).toBe('登录后继续');
    await agreeAndSignIn(page);
    expect(page.text('status')).toBe('已保存');
    expect(kept).toBe('买牛奶');
  });

  test('shows a note that was there before it is replaced by one that was written signed out', async () => {
    const page = await openPage('pages/home/index');
    await page.send('text', 'input', { value: '买牛奶' });
    await page.tap('save');
    await agreeAndSignIn(page);
    expect(page.text('status')).toBe('尚未保存。你已有一条便签：「旧便签」，再次保存会替换它。');
    expect(kept).toBe('旧便签');
    await page.tap('save');
    expect(page.text('status')).toBe('已保存');
    expect(kept).toBe('买牛奶');
  });

  test('carries on without, when the person does not want to', async () => {
    const page = await openPage('pages/home/index');
    await page.send('text', 'input', { value: '买牛奶' });
    await page.tap('save');
    await page.tap('sheet-decline');
    expect(page.text('status')).toBe('登录后才能保存。');
  });
});
