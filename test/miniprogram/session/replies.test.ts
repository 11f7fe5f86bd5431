/** Answers that are not of the contract’s shape. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { isComplete } from '../../../miniprogram/session/replies';
import { refusal, sessionOf, SessionPhone, settle, signedInAs } from '../support/session-phone';

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

describe('what is not of the contract’s shape', () => {
  const strange: [string, unknown][] = [
    ['nothing', undefined],
    ['a page', '<html>Welcome to the airport</html>'],
    ['an empty object', {}],
    ['ok and nothing else', { ok: true }],
    ['a list', [{ ok: true }]],
    ['a code and nothing else', { ok: false, code: 'SESSION_MISSING' }],
    ['a refusal without its text', { ok: false, code: 'SESSION_EXPIRED', retryable: false }],
    ['a detail that is none', { ...refusal('SESSION_REVOKED'), detail: 'yes' }],
    ['a code that is none', { ...refusal('x'), code: 7 }],
    ['a time that is none', refusal('SESSION_REPLACED', { endedAt: '1' })],
    ['a device that is none', refusal('SESSION_REVOKED', { endedAt: 1, device: 'iPad' })],
  ];

  test.each(strange)('signs nobody out: %s', async (_, result) => {
    const client = await phone.signedIn();
    const checked = client.check();
    for (let tries = 0; tries < 3; tries++) await phone.last('session').answer(result);
    expect(await checked).toMatchObject({ status: 'signedIn', problem: 'UNAVAILABLE' });
  });

  test.each([
    ...strange,
    ['no token', { ok: true, session: sessionOf('x') }],
    ['an empty token', { ...signedInAs(''), sessionToken: '' }],
    ['a token that is a number', { ...signedInAs('x'), sessionToken: 7 }],
    ['a session that is none', { ok: true, sessionToken: 'x', session: {} }],
    [
      'a session without its end',
      { ok: true, sessionToken: 'x', session: sessionOf('x', { expiresAt: null }) },
    ],
  ])('signs nobody in: %s', async (_, result) => {
    const client = phone.start();
    const login = client.login();
    for (let tries = 0; tries < 3; tries++) {
      if (phone.calls.length > tries) await phone.last('login').answer(result);
    }
    expect((await login).status).toBe('signedOut');
    expect(phone.start().state.status).toBe('signedOut');
  });

  test.each([
    ['a session that is none', { token: 'x', session: {} }],
    ['no session', { token: 'x', session: null }],
    ['half of a session', { token: 'x', session: { id: 'x', expiresAt: 1 } }],
    ['no token', { token: '', session: sessionOf('x') }],
    ['a list', []],
  ])('on the phone is no session: %s', (_, kept) => {
    phone.kept.set('session', kept);
    expect(phone.start().state).toEqual({ status: 'signedOut' });
  });

  test('a code that is no code of ours keeps the person in, and says that something is wrong', async () => {
    const client = await phone.signedIn();
    const checked = client.check();
    await phone.last('session').answer(refusal('WEIRD'));
    expect(await checked).toEqual({
      status: 'signedIn',
      session: sessionOf('id-of-token-1'),
      problem: 'INTERNAL',
    });
  });

  test('a refusal of a function of the app’s own is its own business', async () => {
    const client = await phone.signedIn();
    const outcome = client.call('orders', {});
    await settle();
    await phone.last('orders').answer(refusal('SOLD_OUT'));
    expect(await outcome).toMatchObject({ ok: false, code: 'SOLD_OUT' });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('does not end the sign-out that waits for it', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    for (let tries = 0; tries < 3; tries++) await phone.last('logout').answer({ ok: true });
    expect(await logout).toEqual({ ok: true, pending: true });
  });
});

describe('a reply about ways in', () => {
  test.each([
    ['list', { identities: [{}] }, true],
    ['list', {}, false],
    ['list', { identities: ['w'] }, false],
    ['history', { signIns: [] }, true],
    ['history', { signIns: null }, false],
    ['unlink', { ended: 0 }, true],
    ['unlink', {}, false],
    ['link-phone', {}, true],
  ])('to %s with %j is one: %p', (action, reply, isOne) => {
    expect(isComplete('identity', { action }, { ok: true, ...reply })).toBe(isOne);
  });
});
