import { describe, expect, test } from '@jest/globals';
import {
  signInSheetView,
  type SheetState,
} from '../../../miniprogram/components/sign-in-sheet/sign-in-sheet-view';
import { en } from '../../../miniprogram/i18n/en';
import { zhCN } from '../../../miniprogram/i18n/zh-CN';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { failOnConsoleError, mount } from '../../support/mount';

failOnConsoleError();

const OPEN: SheetState = { open: true, again: false, agreed: false, forgotToAgree: false };
const signedOut: SessionState = { status: 'signedOut' };

function mountSheet(sheet: SheetState, session = signedOut, copy = zhCN) {
  const mounted = mount('components/sign-in-sheet/index', {
    view: signInSheetView(sheet, session, copy),
  });
  return { ...mounted, heard: mounted.heard('agree', 'confirm', 'decline', 'document') };
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
      mountSheet({ ...OPEN, forgotToAgree: true }, signedOut, en).text('sheet-message'),
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
