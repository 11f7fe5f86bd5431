/** Signing in by a phone number or a password, and signing in again into the same account. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SignInWay } from '../../../miniprogram/session/session-client';
import {
  ENDED,
  OFFLINE,
  refusal,
  sessionOf,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';

const PHONE_WAY: SignInWay = { kind: 'phone', code: 'code-1' };
const PASSWORD_WAY: SignInWay = { kind: 'password', name: 'lin', password: 'correct horse' };
const WAYS: [string, SignInWay | undefined][] = [
  ['login', undefined],
  ['login-phone', PHONE_WAY],
  ['login-password', PASSWORD_WAY],
];

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

describe.each(WAYS)('signing in by %s', (name, way) => {
  const signingIn = () => {
    const client = phone.start();
    return { client, done: client.login(way) };
  };

  test('sends what proves it, the device and an attempt, and holds what is answered', async () => {
    const { client, done } = signingIn();
    const { kind: _, ...proof } = { kind: '', ...way };
    const { device, attempt, ...rest } = phone.last(name).data;
    expect([typeof device, typeof attempt]).toEqual(['object', 'string']);
    expect(rest).toEqual(proof);
    await phone.last(name).answer(signedInAs('token-1'));
    expect(await done).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
    expect(client.state).toBe(await done);
    expect([...phone.kept.keys()]).toEqual(['session']);
  });

  test.each([
    ['a page', '<html>Welcome</html>'],
    ['no session', { ok: true, sessionToken: 'token' }],
    ['no token', { ok: true, session: sessionOf('x') }],
  ])('signs nobody in by an answer that has %s', async (_, answer) => {
    const { done } = signingIn();
    for (let tries = 0; tries < 3; tries++) {
      if (phone.calls.length > tries) await phone.last(name).answer(answer);
    }
    expect(await done).toEqual({ status: 'signedOut', problem: 'UNAVAILABLE' });
  });

  test('ends the session that is issued after a sign-out, and stays signed out', async () => {
    const { client, done } = signingIn();
    const late = phone.last(name);
    void client.logout();
    await late.answer(signedInAs('token-1'));
    expect((await done).status).toBe('signedOut');
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
  });

  test('holds on a phone that is full', async () => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    phone.broken.add('set');
    const { done } = signingIn();
    await phone.last(name).answer(signedInAs('token-1'));
    expect((await done).status).toBe('signedIn');
  });

  test('is refused with a reason that is told, and leaves whoever is signed in so', async () => {
    const client = await phone.signedIn();
    const done = client.login(way);
    const detail = { field: 'code' };
    await phone.last(name).answer(refusal('IDENTITY_TAKEN', detail));
    expect(await done).toEqual({
      status: 'signedIn',
      session: sessionOf('id-of-token-1'),
      problem: 'IDENTITY_TAKEN',
      problemDetail: detail,
    });
    void client.login(way);
    expect(client.state).toEqual({
      status: 'signedIn',
      session: sessionOf('id-of-token-1'),
      busy: 'login',
    });
  });

  test('of somebody who is signed in names their session, to stay in its account', async () => {
    const client = await phone.signedIn();
    void client.login(way);
    expect(phone.last(name).data).toMatchObject({ sessionToken: 'token-1', again: true });
  });

  test('of somebody who has signed out, and of whom the cloud has yet to hear, is no sign-in again', async () => {
    const client = await phone.signedOutOffline();
    void client.login(way);
    expect(phone.last(name).data).toMatchObject({ sessionToken: 'token-1' });
    expect(phone.last(name).data).not.toHaveProperty('again');
  });
});

describe('a sign-in whose answer is lost', () => {
  test.each(WAYS.filter(([name]) => name !== 'login-phone'))(
    'by %s is repeated, as the same attempt',
    async (name, way) => {
      void phone.start().login(way);
      await phone.offline(name);
      expect(phone.calls).toHaveLength(3);
      expect(new Set(phone.calls.map(({ data }) => data['attempt'])).size).toBe(1);
    },
  );

  test.each([['no answer'], ['that it may be repeated']])(
    'by phone is not: its code is good once (%s)',
    async (how) => {
      const client = phone.start();
      const done = client.login(PHONE_WAY);
      if (how === 'no answer') await phone.last('login-phone').fail(OFFLINE);
      else await phone.last('login-phone').answer(refusal('UNAVAILABLE'));
      expect((await done).problem).toBe(how === 'no answer' ? 'NETWORK' : 'UNAVAILABLE');
      expect(phone.calls).toHaveLength(1);
      // The person taps again, and takes the place that the first may have taken.
      void client.login({ kind: 'phone', code: 'code-2' });
      expect(phone.last('login-phone').data).toMatchObject({
        code: 'code-2',
        attempt: phone.calls[0]?.data['attempt'],
      });
    },
  );
});

describe('two sign-ins at once', () => {
  test.each(WAYS)('by %s are one', async (name, way) => {
    const client = phone.start();
    const both = [client.login(way), client.login(way && { ...way })];
    await phone.last(name).answer(signedInAs('token-1'));
    const [first, second] = await Promise.all(both);
    expect(first).toBe(second);
    expect(phone.calls).toHaveLength(1);
  });

  test('by different ways follow each other, the second into the account of the first', async () => {
    const client = phone.start();
    const first = client.login();
    const second = client.login(PASSWORD_WAY);
    expect(phone.calls).toHaveLength(1);
    await phone.last('login').answer(signedInAs('token-1'));
    expect((await first).status).toBe('signedIn');
    expect(phone.last('login-password').data).toMatchObject({
      sessionToken: 'token-1',
      again: true,
    });
    await phone.last('login-password').answer(refusal('IDENTITY_TAKEN'));
    expect(await second).toMatchObject({
      session: { id: 'id-of-token-1' },
      problem: 'IDENTITY_TAKEN',
    });
  });

  test('by different passwords are two', async () => {
    const client = phone.start();
    void client.login(PASSWORD_WAY);
    void client.login({ kind: 'password', name: 'lin', password: 'another' });
    await phone.last('login-password').answer(refusal('IDENTITY_UNKNOWN'));
    expect(phone.last('login-password').data).toMatchObject({ password: 'another' });
  });

  test('of which one waits when the person signs out are both dropped', async () => {
    const client = phone.start();
    const first = client.login();
    const second = client.login(PASSWORD_WAY);
    void client.logout();
    await phone.last('login').answer(refusal('INTERNAL'));
    expect(await Promise.all([first, second])).toMatchObject([
      { status: 'signedOut' },
      { status: 'signedOut' },
    ]);
    expect(phone.named('login-password')).toEqual([]);
    expect(client.state).toEqual({ status: 'signedOut' });
  });
});

describe('what needs a sign-in of a moment ago', () => {
  const notFresh = refusal('SESSION_NOT_FRESH');

  async function deleting() {
    const client = await phone.signedIn();
    let answer: (signedIn: boolean) => void = () => undefined;
    phone.askToSignIn = () => new Promise((resolve) => (answer = resolve));
    const outcome = client.call('account', { action: 'delete' });
    await settle();
    const met = phone.last('account');
    return { client, outcome, met, answer: (signedIn: boolean) => answer(signedIn) };
  }

  test('carries on after a sign-in again by another way', async () => {
    const { client, outcome, met, answer } = await deleting();
    await met.answer(notFresh);
    void client.login(PASSWORD_WAY);
    await phone.last('login-password').answer(signedInAs('token-2'));
    answer(true);
    await settle();
    expect(phone.last('account').data).toMatchObject({ sessionToken: 'token-2' });
    await phone.last('account').answer({ ok: true });
    expect(await outcome).toEqual({ ok: true });
  });

  test('is not done when the sign-in again leads into another account, and the session stays', async () => {
    const { client, outcome, met, answer } = await deleting();
    await met.answer(notFresh);
    void client.login(PASSWORD_WAY);
    await phone.last('login-password').answer(refusal('IDENTITY_TAKEN'));
    expect(client.state).toMatchObject({
      status: 'signedIn',
      session: { id: 'id-of-token-1' },
      problem: 'IDENTITY_TAKEN',
    });
    answer(false);
    expect(await outcome).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(phone.named('account')).toHaveLength(1);
  });

  test.each(['before it is refused', 'while the person is asked'])(
    'is not done in the account of whoever signs in after the session was ended %s',
    async (when) => {
      const { client, outcome, met, answer } = await deleting();
      if (when === 'while the person is asked') await met.answer(notFresh);
      void client.check();
      await phone.last('session').answer(refusal('SESSION_REVOKED'));
      void client.login(PHONE_WAY);
      await phone.last('login-phone').answer(signedInAs('token-of-another-account'));
      if (when === 'before it is refused') await met.answer(notFresh);
      answer(true);
      expect(await outcome).toMatchObject({ ok: false, code: 'SESSION_NOT_FRESH' });
      expect(phone.named('account')).toHaveLength(1);
    },
  );
});

describe('a refusal about a way in', () => {
  test.each([
    'IDENTITY_TAKEN',
    'IDENTITY_UNKNOWN',
    'LAST_IDENTITY',
    'NOT_OFFERED',
    'ACCOUNT_BLOCKED',
  ])('%s goes to whoever called, and is no problem of the session', async (code) => {
    const client = await phone.signedIn();
    const outcome = client.call('identity', { action: 'link-wechat' });
    await settle();
    await phone.last('identity').answer(refusal(code));
    expect(await outcome).toMatchObject({ ok: false, code });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('says nothing about a newer session when it comes late', async () => {
    const client = await phone.signedIn();
    const outcome = client.call('identity', { action: 'list' });
    await settle();
    const late = phone.last('identity');
    void client.logout();
    await phone.last('logout').answer(ENDED);
    void client.login(PASSWORD_WAY);
    await phone.last('login-password').answer(signedInAs('token-2'));
    await late.answer(refusal('SESSION_REVOKED'));
    expect(await outcome).toMatchObject({ code: 'SESSION_REVOKED' });
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-2') });
  });
});
