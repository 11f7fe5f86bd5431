import { beforeEach, describe, expect, test } from '@jest/globals';
import { installFakeWx, sessionInfo, signedInReply, type FakeWx } from '../../support/fake-wx';
import { failOnConsoleError, offerWaysIn, openPage, type Mounted } from '../../support/mount';
import { FAILED, openSignedIn } from '../support/on-page';

offerWaysIn('wechat', 'phone', 'password');
failOnConsoleError();

const AT = new Date(2026, 10, 21, 9, 5).getTime();
const identity = (id: string, kind: string, label: string, current = false) => ({
  id,
  kind,
  label,
  createdAt: AT,
  current,
});
const refuse = (code: string, detail?: object) => ({
  ...FAILED,
  code,
  ...(detail && { detail }),
});

let wx: FakeWx;
let identities: { id: string }[];
/** What the function answers to an action, if not what it usually does. */
let answers: Record<string, () => object>;
let isOver: boolean;

beforeEach(() => {
  wx = installFakeWx();
  identities = [identity('w', 'wechat', 'iPhone 15', true), identity('p', 'phone', '138****5678')];
  answers = { history: () => refuse('NOT_OFFERED') };
  isOver = false;
  wx.functions = {
    session: () => (isOver ? refuse('SESSION_REVOKED') : { ok: true, session: sessionInfo('id') }),
    login: () => ({ ...signedInReply, session: sessionInfo('id-2') }),
    identity: ({ action, identityId }) => {
      const answer = answers[String(action)];
      if (answer !== undefined) return answer();
      if (action === 'list') return { ok: true, identities };
      if (action === 'unlink') {
        identities = identities.filter(({ id }) => id !== identityId);
        return { ok: true, ended: 0 };
      }
      identities = [...identities, identity('n', 'phone', '139****0000')];
      return { ok: true, identity: identities.at(-1) };
    },
  };
});

const open = (): Promise<Mounted> => openSignedIn(wx, 'pages/security/index');
const toast = (): string | undefined => wx.heard.findLast((line) => line.startsWith('showToast'));
const NUMBER = { code: 'code-1' };

describe('account and security', () => {
  test('asks to sign in first', async () => {
    const page = await openPage('pages/security/index');
    expect(page.text('state-text')).toBe('登录后可以管理登录方式。');
    await page.tap('security-sign-in');
    expect(page.text('sheet-title')).toBe('登录后继续');
  });

  test('lists the ways in, masked, since when, and by which one came in', async () => {
    const page = await open();
    expect(page.texts('way-name')).toEqual(['微信 iPhone 15', '手机号 138****5678']);
    expect(page.texts('row-detail')).toEqual(['绑定于 11月21日 09:05', '绑定于 11月21日 09:05']);
    expect(page.texts('badge')).toEqual(['当前登录']);
  });

  test('says that it could not be loaded, and loads again on a tap', async () => {
    answers['list'] = () => FAILED;
    const page = await open();
    expect(page.text('security-retry')).toBe('读取失败，点击重试');
    delete answers['list'];
    await page.tap('security-retry');
    expect(page.texts('way-name')).toHaveLength(2);
  });

  test('speaks English where WeChat does', async () => {
    const { functions } = wx;
    wx = installFakeWx('en');
    wx.functions = functions;
    const page = await open();
    expect(page.texts('way-name')).toEqual(['WeChat iPhone 15', 'Phone number 138****5678']);
    expect(wx.heard).toContain('setNavigationBarTitle Account and security');
  });
});

describe('linking', () => {
  test('a phone number by what WeChat gives', async () => {
    const page = await open();
    await page.send('link-phone', 'getphonenumber', NUMBER);
    expect(page.texts('way-name')).toContain('手机号 139****0000');
    expect([toast(), page.text('security-message')]).toEqual(['showToast 已绑定', undefined]);
  });

  test.each([
    [{ errMsg: 'getPhoneNumber:fail user deny' }, '你没有授权手机号，尚未绑定。'],
    [{ errno: 1400001 }, '暂时无法获取手机号，请稍后再试。'],
    [{}, '没有获取到手机号，请重试。'],
  ])('no number that was not given: %j', async (detail, message) => {
    const page = await open();
    await page.send('link-phone', 'getphonenumber', detail);
    expect(page.text('security-message')).toBe(message);
    expect(page.texts('way-name')).toHaveLength(2);
  });

  test.each([
    ['IDENTITY_TAKEN', undefined, '它已绑定其他账号'],
    ['INVALID_INPUT', { field: 'code' }, '验证已失效，请重试。'],
    ['TOO_MANY_ATTEMPTS', { retryAt: AT }, '请在 11月21日 09:05 后再试'],
    ['UNAVAILABLE', undefined, '服务繁忙'],
    ['NOT_OFFERED', undefined, '暂不支持该登录方式'],
  ])('that is refused says why: %s', async (code, detail, message) => {
    answers['link-phone'] = () => refuse(code, detail);
    const page = await open();
    await page.send('link-phone', 'getphonenumber', NUMBER);
    expect(page.text('security-message')).toContain(message);
    expect(toast()).toBeUndefined();
  });

  test('that got no answer shows what is linked now', async () => {
    answers['link-phone'] = () => {
      identities = identities.slice(0, 1);
      throw new Error('request:fail');
    };
    const page = await open();
    await page.send('link-phone', 'getphonenumber', NUMBER);
    expect(page.text('security-message')).toContain('没有收到结果，请以当前列表为准');
    expect(page.texts('way-name')).toHaveLength(1);
  });

  test.each([
    ['WeChat', {}, true, undefined],
    ['a password', { signedInBy: 'password' }, true, '绑定当前微信'],
    ['a password', { signedInBy: 'password' }, false, '绑定当前微信'],
    ['a phone', { signedInBy: 'phone' }, true, undefined],
    ['a phone', { signedInBy: 'phone', account: 'another' }, true, '绑定当前微信'],
    ['a phone', { signedInBy: 'phone' }, false, '绑定当前微信'],
  ])(
    'this WeChat is offered where it may not be linked: in by %s %j, one is linked: %p',
    async (_, signedInBy, hasWeChat, offered) => {
      if (!hasWeChat) identities = identities.slice(1);
      wx.functions['session'] = () => ({ ok: true, session: sessionInfo('id', signedInBy) });
      wx.storage.set('session', { token: 'id.secret', session: sessionInfo('id', signedInBy) });
      const page = await openPage('pages/security/index');
      expect(page.text('link-wechat')).toBe(offered);
      if (offered === undefined) return;
      await page.tap('link-wechat');
      expect(toast()).toBe('showToast 已绑定');
    },
  );

  test('asks to sign in again when that was too long ago, and carries on', async () => {
    const page = await open();
    answers['link-phone'] = () => {
      delete answers['link-phone'];
      return refuse('SESSION_NOT_FRESH');
    };
    await page.send('link-phone', 'getphonenumber', NUMBER);
    expect(page.text('sheet-title')).toBe('请重新登录');
    expect([page.text('sheet-main'), page.text('sheet-phone')]).toEqual(['微信登录', undefined]);
    await page.tap('sheet-sign-in');
    expect([toast(), page.text('sheet-title')]).toEqual(['showToast 已绑定', undefined]);
    expect(page.texts('way-name')).toContain('手机号 139****0000');
  });

  test('is not done when they sign in again as somebody else: the session stays, and the sheet says why', async () => {
    const page = await open();
    answers['link-phone'] = () => refuse('SESSION_NOT_FRESH');
    let sent: object = {};
    wx.functions['login-password'] = (data) => {
      sent = data;
      return refuse('IDENTITY_TAKEN');
    };
    await page.send('link-phone', 'getphonenumber', NUMBER);
    await page.tap('sheet-more');
    const value = { name: 'zhou', password: 'correct horse' };
    await page.send('sheet-form', 'submit', { value });
    expect(sent).toMatchObject({ sessionToken: 'id.secret', again: true });
    expect(page.text('sheet-message')).toContain('这样会登录到另一个账号');
    expect(page.texts('way-name')).toHaveLength(2);
    await page.tap('sheet-decline');
    expect(wx.storage.get('session')).toMatchObject({ token: 'id.secret' });
    expect(toast()).toBeUndefined();
  });

  test('is not done, and said to be not, by who declines to sign in again', async () => {
    const page = await open();
    answers['link-phone'] = () => refuse('SESSION_NOT_FRESH');
    await page.send('link-phone', 'getphonenumber', NUMBER);
    await page.tap('sheet-decline');
    expect([toast(), page.text('security-message')]).toEqual([undefined, undefined]);
    expect(page.texts('way-name')).toHaveLength(2);
  });
});

describe('unlinking', () => {
  test('takes place once it is confirmed', async () => {
    const page = await open();
    wx.confirms = false;
    await page.tap('unlink', 1);
    expect(page.texts('way-name')).toHaveLength(2);
    wx.confirms = true;
    await page.tap('unlink', 1);
    expect(page.texts('way-name')).toEqual(['微信 iPhone 15']);
    expect(toast()).toBe('showToast 已解除绑定');
  });

  test('the way by which one came in signs this phone out', async () => {
    answers['unlink'] = () => {
      isOver = true;
      return { ok: true, ended: 1 };
    };
    const page = await open();
    await page.tap('unlink', 0);
    expect(page.text('state-text')).toBe('登录后可以管理登录方式。');
    expect([toast(), wx.storage.size]).toEqual(['showToast 已解除绑定，本机已退出登录', 0]);
    expect(page.text('sheet-title')).toBeUndefined();
  });

  test('waits while something else is under way: nothing is asked', async () => {
    const page = await open();
    answers['link-phone'] = () => refuse('SESSION_NOT_FRESH');
    await page.send('link-phone', 'getphonenumber', NUMBER);
    await page.tap('unlink', 1);
    expect(wx.heard.filter((line) => line.startsWith('showModal'))).toEqual([]);
    await page.tap('sheet-decline');
    await page.tap('unlink', 1);
    expect(page.texts('way-name')).toEqual(['微信 iPhone 15']);
  });

  test.each([
    ['LAST_IDENTITY', undefined, '这是唯一的登录方式，无法解除绑定。'],
    ['IDENTITY_UNKNOWN', { field: 'identityId' }, '该登录方式已解除绑定。'],
  ])('that is refused says why: %s', async (code, detail, message) => {
    answers['unlink'] = () => refuse(code, detail);
    const page = await open();
    await page.tap('unlink', 0);
    expect(page.text('security-message')).toBe(message);
    expect(page.texts('way-name')).toHaveLength(2);
  });
});

describe('the password', () => {
  test('is set on a page of its own, or changed', async () => {
    const page = await open();
    expect(page.text('set-password')).toBe('设置账号密码');
    await page.tap('set-password');
    expect(wx.heard).toContain('navigateTo /pages/password/index');
    identities = [...identities, identity('a', 'password', 'l***n')];
    expect((await open()).text('set-password')).toBe('修改账号密码');
  });
});

describe('the record of sign-ins', () => {
  test('is not there where none is kept', async () => {
    expect((await open()).text('heading')).toBeUndefined();
  });

  test('says when, how, on which device, and what was refused', async () => {
    const device = { name: 'iPhone 15', platform: 'ios' };
    answers['history'] = () => ({
      ok: true,
      signIns: [
        { at: AT, kind: 'wechat', device },
        {
          at: AT,
          kind: 'password',
          device: { name: '', platform: '' },
          refused: 'IDENTITY_UNKNOWN',
        },
      ],
    });
    const page = await open();
    expect(page.texts('entry-name')).toEqual(['微信', '账号密码']);
    expect(page.texts('entry-detail')).toEqual([
      '11月21日 09:05  iPhone 15',
      '11月21日 09:05  未知设备',
    ]);
    expect(page.texts('badge-failed')).toEqual(['登录失败']);
  });

  test.each([
    [{ ok: true, signIns: [] }, '暂无登录记录'],
    [FAILED, '登录记录读取失败'],
  ])(
    'that is empty or cannot be read says so, and the ways in are there: %j',
    async (answer, note) => {
      answers['history'] = () => answer;
      const page = await open();
      expect(page.text('history-note')).toBe(note);
      expect(page.texts('way-name')).toHaveLength(2);
    },
  );
});
