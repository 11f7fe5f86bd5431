import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, sessionInfo, storedSession, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, openPage, type Mounted } from '../../support/mount';
import { agreeAndSignIn, FAILED } from '../support/on-page';

failOnConsoleError();

let wx: FakeWx;
let sent: Record<string, unknown>[];
/** What the function answers next, by action. */
let replies: Record<string, () => object>;

const refused = (code: string, detail?: object) => ({ ...FAILED, code, ...(detail && { detail }) });
const useless = (reason: string) => refused('INVALID_INPUT', { field: 'userCode', reason });

const requestOf = (createdAt: number) => ({
  ok: true,
  request: {
    site: { id: 'shop', name: '小店' },
    device: { name: 'Chrome', platform: 'windows' },
    createdAt,
    expiresAt: createdAt + 300_000,
  },
});

beforeEach(() => {
  wx = installFakeWx();
  sent = [];
  const createdAt = Date.now() - 130_000;
  replies = {
    describe: () => requestOf(createdAt),
    approve: () => ({ ok: true, approved: true }),
    deny: () => ({ ok: true, denied: true }),
  };
  wx.functions = {
    authorize: (data) => {
      sent.push(data);
      return replies[data['action'] as string]?.();
    },
    session: () => ({ ok: true, session: sessionInfo('id') }),
    login: () => ({ ok: true, sessionToken: 'id.secret', session: sessionInfo('id') }),
  };
});

function open(query: Record<string, string> = { code: 'BCDFGHJK' }): Promise<Mounted> {
  wx.storage.set(...storedSession);
  return openPage('pages/authorize/index', query);
}
const actions = () => sent.map(({ action }) => action);

describe('the page of a sign-in on the web', () => {
  test('shows who asks, when, and the code to compare; and decides nothing', async () => {
    const page = await open();
    expect([page.text('site'), page.text('code')]).toEqual(['小店', 'BCDF-GHJK']);
    expect(page.texts('value')).toEqual(['Windows 上的 Chrome', '2 分钟前']);
    expect(page.text('warning')).toContain('只有当你本人刚刚打开了这个网页');
    expect(sent).toEqual([{ action: 'describe', userCode: 'BCDFGHJK', sessionToken: 'id.secret' }]);
  });

  test.each([
    [86_400_000, '最近 5 分钟内'],
    [1_000, '刚刚'],
    [-30_000, '刚刚'],
    [-86_400_000, '最近 5 分钟内'],
  ])('says when as well as a phone can whose clock is %i ms ahead', async (aheadMs, text) => {
    replies['describe'] = () => requestOf(Date.now() - aheadMs);
    expect((await open()).texts('value')[1]).toBe(text);
  });

  test.each([
    [{ scene: 'BCDFGHJK' }],
    [{ q: encodeURIComponent('https://a.example/v1/device?user_code=BCDF-GHJK') }],
  ])('is opened by a code from outside: %j', async (query) => {
    expect((await open(query)).text('code')).toBe('BCDF-GHJK');
  });

  test('approves once, however often it is tapped, and leads to the signed-in websites', async () => {
    const page = await open();
    await Promise.all([page.tap('approve'), page.tap('approve'), page.tap('deny')]);
    expect(actions()).toEqual(['describe', 'approve']);
    expect(page.text('result')).toBe('已确认登录');
    await page.tap('see-sites');
    expect(wx.heard.at(-1)).toBe('navigateTo /pages/sites/index');
    await page.tap('done');
    expect(wx.heard.at(-1)).toBe('navigateBack ');
    wx.pages = 1;
    await page.tap('done');
    expect(wx.heard.at(-1)).toBe('switchTab /pages/mine/index');
  });

  test('denies', async () => {
    const page = await open();
    await page.tap('deny');
    expect(actions()).toEqual(['describe', 'deny']);
    expect([page.text('result'), page.text('see-sites')]).toEqual(['已拒绝', undefined]);
  });

  test.each([
    ['unknown', '登录码无效'],
    ['expired', '登录码已过期'],
    ['used', '登录码已被使用'],
    ['a later reason', '登录码无效'],
  ])('says that a code is %s, when it is read and when it is approved', async (reason, title) => {
    const answer = replies['describe'];
    replies['describe'] = () => useless(reason);
    expect((await open()).text('result')).toBe(title);
    replies = { describe: answer ?? (() => ({})), approve: () => useless(reason) };
    const page = await open();
    await page.tap('approve');
    expect(page.text('result')).toBe(title);
    await page.tap('type-again');
    expect(page.text('code-next')).toBe('下一步');
  });

  test('says when it may be tried again, if that was too often', async () => {
    const retryAt = new Date(2026, 10, 21, 9, 5).getTime();
    replies['describe'] = () => refused('TOO_MANY_ATTEMPTS', { retryAt });
    expect((await open()).text('authorize-failed')).toContain('11月21日 09:05');
  });

  test.each(['describe', 'approve', 'deny'])('can try again what failed: %s', async (action) => {
    const answer = replies[action] ?? (() => ({}));
    replies[action] = () => refused('UNAVAILABLE');
    const page = await open();
    if (action === 'describe') {
      expect(page.text('authorize-failed')).toContain('服务繁忙');
      replies[action] = answer;
      await page.tap('authorize-retry');
      expect(page.text('code')).toBe('BCDF-GHJK');
      return;
    }
    await page.tap(action);
    expect([page.text('authorize-message'), page.text('code')]).toEqual([
      '服务繁忙，请稍后重试。',
      'BCDF-GHJK',
    ]);
    // On a small phone, what is above the card is out of sight of who has just tapped.
    expect(page.text('page')).toMatch(/请拒绝。\s*服务繁忙，请稍后重试。\s*确认登录/);
    replies[action] = answer;
    await page.tap(action);
    expect(page.text('result')).toMatch(/^已/);
  });

  test.each([{ ok: true }, { ok: true, request: {} }])(
    'does not take for an answer what has not its shape: %j',
    async (reply) => {
      replies['describe'] = () => reply;
      expect((await open()).text('authorize-failed')).toContain('网络连接不可用');
    },
  );

  test('does not say that it was approved unless the answer does', async () => {
    replies['approve'] = () => ({ ok: true });
    const page = await open();
    await page.tap('approve');
    expect([page.text('result'), page.text('authorize-message')]).toEqual([
      undefined,
      '网络连接不可用，请检查网络后重试。',
    ]);
  });
});

describe('the page of a sign-in on the web, without a session', () => {
  const openSignedOut = () => openPage('pages/authorize/index', { code: 'BCDFGHJK' });

  test('asks to sign in, and goes on with the same code', async () => {
    const page = await openSignedOut();
    expect(page.text('sheet-title')).toBe('登录后继续');
    await agreeAndSignIn(page);
    expect(page.text('code')).toBe('BCDF-GHJK');
    expect(actions()).toEqual(['describe']);
  });

  test('asks again once somebody who declined wants it', async () => {
    const page = await openSignedOut();
    await page.tap('sheet-decline');
    expect([page.text('state-text'), sent]).toEqual(['登录后才能确认网页登录。', []]);
    await page.tap('authorize-sign-in');
    await agreeAndSignIn(page);
    expect(page.text('code')).toBe('BCDF-GHJK');
  });

  test('keeps the code when the session had ended by the time it is approved', async () => {
    const page = await open();
    replies['approve'] = () => refused('SESSION_REVOKED');
    await page.tap('approve');
    await page.tap('sheet-decline');
    expect(page.text('state-text')).toBe('登录后才能确认网页登录。');
    await page.tap('authorize-sign-in');
    await agreeAndSignIn(page);
    expect(page.text('code')).toBe('BCDF-GHJK');
  });
});

describe('a code that is typed', () => {
  const typed = (page: Mounted, code: string) =>
    page.send('code-form', 'submit', { value: { code } });

  test('is read however it is written', async () => {
    const page = await open({});
    expect([page.text('authorize-message'), sent]).toEqual([undefined, []]);
    await typed(page, 'bcdf ghjk');
    expect(page.text('code')).toBe('BCDF-GHJK');
  });

  test('is not sent when it cannot be one', async () => {
    const page = await open({});
    await typed(page, 'ABC');
    expect([page.text('authorize-message'), sent]).toEqual([
      '登录码是网页上显示的 8 位字母，请核对后重新输入。',
      [],
    ]);
  });

  test('may be scanned instead', async () => {
    const page = await open({});
    await page.tap('code-scan');
    wx.scans = { result: 'https://a.example/v1/device?user_code=BCDF-GHJK' };
    await page.tap('code-scan');
    expect(page.text('code')).toBe('BCDF-GHJK');
  });
});

test('the page of a sign-in on the web speaks English where WeChat does', async () => {
  const { functions } = wx;
  wx = installFakeWx('en');
  wx.functions = functions;
  expect((await open()).texts('value')).toEqual(['Chrome on Windows', '2 min ago']);
});
