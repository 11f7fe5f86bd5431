import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, offerWaysIn, openPage, type Mounted } from '../../support/mount';
import { FAILED, openSignedIn } from '../support/on-page';

offerWaysIn('wechat', 'password');
failOnConsoleError();

let wx: FakeWx;
let sent: Record<string, unknown>[];
let answer: () => object;

beforeEach(() => {
  wx = installFakeWx();
  sent = [];
  answer = () => ({ ok: true, identity: {} });
  wx.functions = {
    identity: (data) => {
      sent.push(data);
      return answer();
    },
  };
});

const open = (): Promise<Mounted> => openSignedIn(wx, 'pages/password/index');
const submit = (page: Mounted, name = 'lin', password = 'correct horse'): Promise<void> =>
  page.send('password-form', 'submit', { value: { name, password } });

describe('the page of the password', () => {
  test('asks to sign in first', async () => {
    const page = await openPage('pages/password/index');
    expect(page.text('state-text')).toBe('登录后可以设置账号密码。');
    await page.tap('password-sign-in');
    expect(page.text('sheet-title')).toBe('登录后继续');
  });

  test('sets a name and a password, and goes back', async () => {
    const page = await open();
    await submit(page);
    expect(sent).toEqual([
      {
        action: 'set-password',
        name: 'lin',
        password: 'correct horse',
        sessionToken: 'id.secret',
      },
    ]);
    expect(wx.heard.slice(-2)).toEqual(['showToast 账号密码已设置', 'navigateBack ']);
  });

  test('goes back from no other page: not once it was left', async () => {
    const page = await open();
    const sending = submit(page);
    page.detach();
    await sending;
    expect(sent).toHaveLength(1);
    expect(wx.heard).not.toContain('navigateBack ');
  });

  test.each([
    ['', 'x'],
    ['lin', ''],
  ])('asks for what is missing: %j %j', async (name, password) => {
    const page = await open();
    await submit(page, name, password);
    expect([sent, page.text('password-message')]).toEqual([[], '请输入账号名和密码。']);
  });

  test.each([
    ['INVALID_INPUT', { field: 'password', reason: 'short' }, '密码太短，至少需要 8 个字符。'],
    ['INVALID_INPUT', { field: 'password', reason: 'long' }, '密码太长，最多 128 个字符。'],
    ['INVALID_INPUT', { field: 'password', reason: 'common' }, '密码过于常见'],
    ['INVALID_INPUT', { field: 'password', reason: 'name' }, '密码与账号名过于相似'],
    ['INVALID_INPUT', { field: 'password', reason: 'toString' }, '密码须为 8 至 128 个字符。'],
    ['INVALID_INPUT', { field: 'name' }, '账号名须为 2 至 64 个字符'],
    ['INVALID_INPUT', undefined, '请求有误'],
    ['IDENTITY_TAKEN', undefined, '该账号名已被使用，请换一个。'],
    ['UNAVAILABLE', undefined, '服务繁忙'],
  ])('says why it was not accepted, and stays: %s %j', async (code, detail, message) => {
    answer = () => ({ ...FAILED, code, ...(detail && { detail }) });
    const page = await open();
    await submit(page);
    expect(page.text('password-message')).toContain(message);
    expect(wx.heard).not.toContain('navigateBack ');
    answer = () => ({ ok: true, identity: {} });
    await submit(page);
    expect(page.text('password-message')).toBeUndefined();
    expect(wx.heard).toContain('navigateBack ');
  });

  test('says that no answer came back: it may be sent again', async () => {
    answer = () => {
      throw new Error('request:fail');
    };
    const page = await open();
    await submit(page);
    expect(page.text('password-message')).toContain('网络连接不可用');
  });

  test('shows and hides what is typed', async () => {
    const page = await open();
    expect(page.text('reveal')).toBe('显示');
    await page.tap('reveal');
    expect(page.text('reveal')).toBe('隐藏');
  });
});
