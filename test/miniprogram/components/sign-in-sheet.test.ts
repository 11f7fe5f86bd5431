import { describe, expect, test } from '@jest/globals';
import {
  signInSheetView,
  type SheetState,
} from '../../../miniprogram/components/sign-in-sheet/sign-in-sheet-view';
import type { SignInMethod } from '../../../miniprogram/settings/index';
import { en, zhCN } from '../../../miniprogram/i18n/copy';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { failOnConsoleError, mount } from '../../support/mount';

failOnConsoleError();

const OPEN: SheetState = { open: true, again: false, agreed: false };
const signedOut: SessionState = { status: 'signedOut' };

const ALL: readonly SignInMethod[] = ['wechat', 'phone', 'password'];
const BUTTONS = ['sheet-phone', 'sheet-sign-in', 'sheet-password-sign-in', 'sheet-more'] as const;

function mountSheet(
  sheet: SheetState,
  session = signedOut,
  copy = zhCN,
  methods?: readonly SignInMethod[],
) {
  const mounted = mount('components/sign-in-sheet/index', {
    view: signInSheetView(sheet, session, copy, methods),
  });
  const heard = mounted.heard('agree', 'confirm', 'more', 'reveal', 'decline', 'document');
  return { ...mounted, heard };
}

/** The ways in that the sheet shows: the main one first, in upper case. */
function waysOf(sheet: SheetState, state = signedOut, methods = ALL): string {
  const { ways, more } = signInSheetView(sheet, state, zhCN, methods);
  const names = ways.map(({ kind, main }) => (main ? kind.toUpperCase() : kind));
  return [...names, ...(more === '' ? [] : ['…'])].join(' ');
}

describe('the sign-in sheet', () => {
  test('is not there until it is opened', () => {
    expect(mountSheet({ ...OPEN, open: false }).text('sheet-title')).toBeUndefined();
  });

  test('says what signing in is for, and does not tick the box', () => {
    const sheet = mountSheet(OPEN);
    expect(sheet.text('sheet-title')).toBe('登录后继续');
    expect(sheet.text('purpose')).toContain('便签');
    expect(sheet.text('box-checked')).toBeUndefined();
    expect(mountSheet({ ...OPEN, agreed: true }).text('box-checked')).toBe('');
  });

  test('reports what the person does', async () => {
    const sheet = mountSheet(OPEN);
    for (const className of [
      'agree',
      'sheet-sign-in',
      'sheet-decline',
      'terms',
      'privacy',
      'mask',
    ]) {
      await sheet.tap(className);
    }
    expect(sheet.heard).toEqual(['agree', 'confirm', 'decline', 'document', 'document', 'decline']);
  });

  test('reports nothing while it signs in, but opens the documents', async () => {
    const sheet = mountSheet({ ...OPEN, agreed: true }, { status: 'signedOut', busy: 'login' });
    expect(sheet.text('sheet-sign-in')).toBe('正在登录…');
    for (const className of ['agree', 'sheet-sign-in', 'sheet-decline', 'mask'])
      await sheet.tap(className);
    expect(sheet.heard).toEqual([]);
    await sheet.tap('terms');
    expect(sheet.heard).toEqual(['document']);
  });

  test('asks to agree first when that was forgotten', () => {
    expect(
      mountSheet({ ...OPEN, note: 'agreeFirst' }, signedOut, en).text('sheet-message'),
    ).toContain('agree');
  });

  test.each([
    [{ status: 'signedOut', problem: 'NETWORK' }, '网络连接不可用', '重试'],
    [{ status: 'signedOut', problem: 'UNAVAILABLE' }, '服务繁忙', '重试'],
    [{ status: 'signedOut', ended: { code: 'SESSION_EXPIRED' } }, '登录已过期', '微信登录'],
  ] as [SessionState, string, string][])('explains %j', (session, message, action) => {
    const sheet = mountSheet({ ...OPEN, agreed: true }, session);
    expect(sheet.text('sheet-message')).toContain(message);
    expect(sheet.text('sheet-sign-in')).toBe(action);
  });
});

describe('the ways in', () => {
  test('are WeChat alone, unless there are more: the sheet is as it was', () => {
    const sheet = mountSheet(OPEN);
    expect(BUTTONS.map((name) => sheet.text(name))).toEqual([
      undefined,
      '微信登录',
      undefined,
      undefined,
    ]);
    expect(sheet.text('sheet-main')).toBe('微信登录');
  });

  test.each([
    [['wechat', 'phone', 'password'], 'PHONE wechat …'],
    [['wechat', 'phone'], 'PHONE wechat'],
    [['wechat', 'password'], 'WECHAT …'],
    [['wechat'], 'WECHAT'],
  ] as [SignInMethod[], string][])('%j are shown as %s', (methods, shown) => {
    expect(waysOf(OPEN, signedOut, methods)).toBe(shown);
  });

  test('that are behind are shown when they are asked for, in the place of their button and the purpose', () => {
    expect(mountSheet(OPEN, signedOut, zhCN, ALL).text('purpose')).toContain('便签');
    const sheet = mountSheet({ ...OPEN, more: true }, signedOut, zhCN, ALL);
    expect(sheet.text('purpose')).toBeUndefined();
    expect(BUTTONS.map((name) => sheet.text(name))).toEqual([
      '手机号快捷登录',
      '微信登录',
      '登录',
      undefined,
    ]);
  });

  test.each([
    [{ ...OPEN, note: 'phoneDeclined' }, signedOut, '你没有授权手机号，可以换一种方式登录。'],
    [{ ...OPEN, note: 'phoneUnavailable' }, signedOut, '手机号登录暂时无法使用'],
    [
      { ...OPEN, tried: 'phone' },
      { status: 'signedOut', problem: 'INVALID_INPUT', problemDetail: { field: 'code' } },
      '验证已失效，请重试。',
    ],
    [
      { ...OPEN, tried: 'phone' },
      { status: 'signedOut', problem: 'IDENTITY_TAKEN' },
      '已绑定其他账号，请换一种方式',
    ],
  ] as [SheetState, SessionState, string][])(
    'are all offered when one failed, and why is said: %j',
    (sheet, state, message) => {
      expect(waysOf(sheet, state)).toBe('PHONE wechat password');
      expect(mountSheet(sheet, state, zhCN, ALL).text('sheet-message')).toContain(message);
    },
  );

  test.each([
    ['wechat', 'WECHAT …'],
    ['phone', 'PHONE …'],
    ['password', 'PASSWORD …'],
  ] as [SignInMethod, string][])(
    'of somebody who came in by %s and is to sign in again are %s',
    (cameBy, shown) => {
      expect(waysOf({ ...OPEN, again: true, cameBy })).toBe(shown);
      expect(waysOf({ ...OPEN, again: true, cameBy, more: true }).split(' ')).toHaveLength(3);
    },
  );

  test('never ask for a number before the person has agreed', async () => {
    const isAsked = (sheet: SheetState) =>
      signInSheetView(sheet, signedOut, zhCN, ALL).phoneOpenType === 'getPhoneNumber';
    expect([
      isAsked(OPEN),
      isAsked({ ...OPEN, agreed: true }),
      isAsked({ ...OPEN, again: true }),
    ]).toEqual([false, true, true]);
    const before = mountSheet(OPEN, signedOut, zhCN, ALL);
    await before.tap('sheet-phone');
    expect(before.heard).toEqual(['confirm']);
    const after = mountSheet({ ...OPEN, agreed: true }, signedOut, zhCN, ALL);
    await after.tap('sheet-phone');
    expect(after.heard).toEqual([]);
    await after.send('sheet-phone', 'getphonenumber', { code: 'x' });
    expect(after.heard).toEqual(['confirm']);
  });

  test('report what is asked for; nothing while one is under way, which says so', async () => {
    const open = { ...OPEN, agreed: true, tried: 'password' } as const;
    const ways = mountSheet({ ...open, more: true }, signedOut, zhCN, ALL);
    await ways.send('sheet-form', 'submit', { value: { name: 'lin', password: 'x' } });
    await ways.tap('sheet-reveal');
    expect(ways.heard).toEqual(['confirm', 'reveal']);
    const more = mountSheet(open, signedOut, zhCN, ALL);
    await more.tap('sheet-more');
    expect(more.heard).toEqual(['more']);

    const busy = { status: 'signedOut', busy: 'login' } as const;
    const trying = mountSheet({ ...open, more: true }, busy, zhCN, ALL);
    expect(BUTTONS.map((name) => trying.text(name))).toEqual([
      '手机号快捷登录',
      '微信登录',
      '正在登录…',
      undefined,
    ]);
    await trying.send('sheet-form', 'submit', { value: { name: 'lin', password: 'x' } });
    await trying.send('sheet-phone', 'getphonenumber', { code: 'x' });
    await trying.tap('sheet-reveal');
    await trying.tap('sheet-sign-in');
    await mountSheet(open, busy, zhCN, ALL).tap('sheet-more');
    expect(trying.heard).toEqual([]);
  });

  test('that lead into another account say so to whoever is to sign in again', () => {
    const state = { status: 'signedOut', problem: 'IDENTITY_TAKEN' } as const;
    const again = { ...OPEN, again: true, cameBy: 'wechat' } as const;
    expect(mountSheet(again, state, zhCN, ALL).text('sheet-message')).toContain(
      '这样会登录到另一个账号',
    );
  });
});
