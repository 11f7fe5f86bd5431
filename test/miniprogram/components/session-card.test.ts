import { describe, expect, test } from '@jest/globals';
import { sessionCardView } from '../../../miniprogram/components/session-card/session-card-view';
import { en, zhCN } from '../../../miniprogram/i18n/copy';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { failOnConsoleError, mount } from '../../support/mount';

failOnConsoleError();

const createdAt = new Date(2026, 10, 21, 9, 5).getTime();
const session = {
  id: 'id',
  device: { name: 'iPhone 15', platform: 'ios' },
  createdAt,
  renewedAt: createdAt,
  expiresAt: createdAt,
  absoluteExpiresAt: createdAt,
  current: true,
};

function mountCard(state: SessionState, copy = zhCN) {
  const card = mount('components/session-card/index', { view: sessionCardView(state, copy) });
  return { ...card, heard: card.heard('signin', 'refresh', 'signout') };
}

describe('the session card of somebody who is signed out', () => {
  test('offers to sign in and reports the tap', async () => {
    const card = mountCard({ status: 'signedOut' });
    expect(card.text('title')).toBe('未登录');
    expect(card.text('sign-in')).toBe('微信登录');
    expect(card.text('sign-out')).toBeUndefined();
    expect(card.text('message')).toBeUndefined();
    await card.tap('sign-in');
    expect(card.heard).toEqual(['signin']);
  });

  test('shows that it works, and reports no second tap meanwhile', async () => {
    const card = mountCard({ status: 'signedOut', busy: 'login' });
    expect(card.text('sign-in')).toBe('正在登录…');
    await card.tap('sign-in');
    expect(card.heard).toEqual([]);
  });

  test('says when and where they signed in instead', () => {
    const detail = { endedAt: createdAt, device: { name: '小米 14', platform: 'android' } };
    const card = mountCard({ status: 'signedOut', ended: { code: 'SESSION_REPLACED', detail } });
    expect(card.text('message')).toContain('11月21日 09:05 在「小米 14」');
  });

  test('speaks English to those who read it', () => {
    expect(mountCard({ status: 'signedOut' }, en).text('sign-in')).toBe('Sign in with WeChat');
  });
});

describe('the session card of somebody who is signed in', () => {
  test('shows the device and the times, and reports each action', async () => {
    const card = mountCard({ status: 'signedIn', session });
    expect(card.text('title')).toBe('已登录');
    expect(card.text('row-device')).toBe('iPhone 15');
    expect(card.text('row-since')).toBe('11月21日 09:05');
    expect(card.text('sign-in')).toBeUndefined();
    await card.tap('refresh');
    await card.tap('sign-out');
    expect(card.heard).toEqual(['refresh', 'signout']);
  });

  test('stays signed in when the network is lost, and says so', () => {
    const card = mountCard({ status: 'signedIn', session, problem: 'NETWORK' });
    expect(card.text('title')).toBe('已登录');
    expect(card.text('message')).toBe('网络连接不可用，请检查网络后重试。');
  });

  test('can sign out also while a check is under way', async () => {
    const card = mountCard({ status: 'signedIn', session, busy: 'check' });
    await card.tap('refresh');
    await card.tap('sign-out');
    expect(card.heard).toEqual(['signout']);
  });

  test('follows the state from one view to the next', () => {
    const card = mountCard({ status: 'signedIn', session });
    card.setData({ view: sessionCardView({ status: 'signedOut' }, zhCN) });
    expect(card.text('title')).toBe('未登录');
    expect(card.text('row-device')).toBeUndefined();
  });
});
