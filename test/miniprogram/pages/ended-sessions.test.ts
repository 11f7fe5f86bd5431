/**
 * The pages where a session ends, expires or is too old by nothing that the person does on this
 * phone.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  installFakeWx,
  sessionInfo,
  signedInReply,
  storedSession,
  type FakeWx,
} from '../../support/fake-wx';
import { failOnConsoleError, openPage } from '../../support/mount';
import { agreeAndSignIn } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
let saved: unknown[];
const replaced = {
  ok: false,
  code: 'SESSION_REPLACED',
  message: '',
  retryable: false,
  detail: { endedAt: 1_800_000_000_000, device: { name: 'iPad', platform: 'ios' } },
};

beforeEach(() => {
  saved = [];
  wx = installFakeWx();
  wx.storage.set(...storedSession);
  wx.functions = {
    login: () => signedInReply,
    logout: () => ({ ok: true, ended: 1 }),
    session: () => ({ ok: true, session: sessionInfo('id') }),
    note: ({ action, text }) => {
      if (action === 'save') saved.push(text);
      return { ok: true, text: action === 'save' ? text : '旧便签' };
    },
    profile: () => ({ ok: true, profile: { nickname: '林', avatarFileId: '' }, avatarFolder: 'a' }),
    account: () => ({ ok: true, deleted: true }),
  };
});

describe('a note that is written and not saved', () => {
  async function writtenThenReplaced() {
    const page = await openPage('pages/home/index');
    await page.send('text', 'input', { value: '写到一半' });
    wx.functions['session'] = () => replaced;
    await page.tap('refresh');
    return page;
  }

  test('is still there when the phone is replaced, and when they have signed in again', async () => {
    const page = await writtenThenReplaced();
    expect(page.text('title')).toBe('未登录');
    expect(page.text('status')).toBe('未保存的内容已为你保留，重新登录后可以继续编辑。');
    await page.tap('sign-in');
    await agreeAndSignIn(page);
    expect(page.text('status')).toBe('已恢复你未保存的内容。');
    await page.tap('save');
    expect(saved).toEqual(['写到一半']);
    expect(page.text('status')).toBe('已保存');
  });

  test('is gone when they sign out themselves', async () => {
    const page = await openPage('pages/home/index');
    await page.send('text', 'input', { value: '写到一半' });
    await page.tap('sign-out');
    expect(page.text('status')).toBeUndefined();
    await page.tap('sign-in');
    await agreeAndSignIn(page);
    expect(page.text('status')).toBeUndefined();
    await page.tap('save');
    expect(saved).toEqual(['旧便签']);
  });
});

test('a note that is hidden cannot be written over, and is saved once they have signed in again', async () => {
  const page = await openPage('pages/home/index');
  await page.send('text', 'input', { value: '写到一半' });
  wx.functions['session'] = () => replaced;
  await page.tap('refresh');
  await page.send('text', 'input', { value: '' });
  await page.tap('save');
  expect(page.text('sheet-title')).toBe('登录后继续');
  await agreeAndSignIn(page);
  expect(saved).toEqual(['写到一半']);
  expect(page.text('status')).toBe('已保存');
});

test('a note that could not be read is shown beside what was written, before that is saved over it', async () => {
  const answer = wx.functions['note'] ?? (() => undefined);
  wx.functions['note'] = () => undefined;
  const page = await openPage('pages/home/index');
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(page.text('status')).toBe('操作未完成，请重试。');
  await page.send('text', 'input', { value: '新内容' });
  wx.functions['note'] = answer;
  await page.tap('save');
  expect(saved).toEqual([]);
  expect(page.text('status')).toBe('尚未保存。你已有一条便签：「旧便签」，再次保存会替换它。');
  await page.tap('save');
  expect(saved).toEqual(['新内容']);
  expect(page.text('status')).toBe('已保存');
});

describe('deleting the account by a session that is not fresh', () => {
  let deletions: number;

  beforeEach(() => {
    deletions = 0;
    wx.functions['account'] = ({ sessionToken }) => {
      deletions += 1;
      return sessionToken === 'new.secret'
        ? { ok: true, deleted: true }
        : { ok: false, code: 'SESSION_NOT_FRESH', message: '', retryable: false };
    };
    wx.functions['login'] = () => ({
      ok: true,
      sessionToken: 'new.secret',
      session: sessionInfo('new', { createdAt: 1_800_000_000_000 }),
    });
  });

  test('asks to sign in again, without asking to agree again, and carries on', async () => {
    const page = await openPage('pages/mine/index');
    await page.tap('delete');
    expect(page.text('sheet-title')).toBe('请重新登录');
    expect(page.text('agreement')).toBeUndefined();
    await page.tap('sheet-sign-in');
    expect(deletions).toBe(2);
    expect(wx.heard.at(-1)).toBe('showToast 账号已注销');
    expect(wx.storage.size).toBe(0);
  });

  test('does nothing when they do not want to', async () => {
    const page = await openPage('pages/mine/index');
    await page.tap('delete');
    await page.tap('sheet-decline');
    expect(deletions).toBe(1);
    expect(wx.heard.filter((line) => line.startsWith('showToast'))).toEqual([]);
    expect(wx.storage.has('session')).toBe(true);
  });
});

test('signing out everywhere that the cloud refuses is said to be done on this phone, and to be unknown of the others', async () => {
  wx.functions['logout'] = () => ({ ...replaced, code: 'SESSION_MISSING' });
  wx.chooses = 1;
  const page = await openPage('pages/mine/index');
  await page.tap('mine-sign-out');
  expect(wx.heard.at(-1)).toBe('showToast 本机已退出，其他设备请登录后确认');
});
