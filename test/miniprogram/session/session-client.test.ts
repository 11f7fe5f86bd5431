import { beforeEach, describe, expect, test } from '@jest/globals';
import { createSessionClient } from '../../../miniprogram/session/session-client';
import type { SessionState } from '../../../miniprogram/session/session-state';
import {
  OFFLINE,
  refusal,
  sessionOf,
  type PhoneClient,
  SessionPhone,
  settle,
  signedInAs,
} from '../support/session-phone';
import { AT, PHONE } from '../../support/sessions';

/** The function ran into its time limit. */
const KILLED = {
  errCode: -504003,
  errMsg: 'cloud.callFunction:fail Invoking task timed out after 3 seconds',
};
const unavailable = refusal('UNAVAILABLE');
const missing = refusal('SESSION_MISSING');
const replaced = refusal('SESSION_REPLACED', { endedAt: AT, device: PHONE });

let phone: SessionPhone;

beforeEach(() => {
  phone = new SessionPhone();
});

describe('signing in', () => {
  test('sends the device, keeps the token, and shows the session', async () => {
    const client = phone.start();
    const seen: SessionState[] = [];
    client.onChange((state) => void seen.push(state));
    const login = client.login();
    expect(phone.last('login').data).toEqual({
      device: PHONE,
      attempt: expect.stringMatching(/^[\w-]{16,64}$/),
    });
    await phone.last('login').answer(signedInAs('token-1'));
    expect(await login).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
    expect(seen).toEqual([
      { status: 'signedOut', busy: 'login' },
      { status: 'signedIn', session: sessionOf('id-of-token-1') },
    ]);
    expect(phone.start().state).toEqual({
      status: 'signedIn',
      session: sessionOf('id-of-token-1'),
    });
  });

  test('names its attempt at random, as the function wants it, unless it is given a name', () => {
    const { newAttempt: _newAttempt, ...dependencies } = phone.dependencies();
    void createSessionClient(dependencies).login();
    expect(phone.last('login').data['attempt']).toMatch(/^\d{16,64}$/);
  });

  test('is one call however many ask at once', async () => {
    const client = phone.start();
    const logins = [client.login(), client.login(), client.login()];
    await phone.last('login').answer(signedInAs('token-1'));
    await Promise.all(logins);
    expect(phone.calls).toHaveLength(1);
  });

  test('that fails leaves the person signed out and says why', async () => {
    const client = phone.start();
    const login = client.login();
    await phone.last('login').answer({
      ok: false,
      code: 'NO_IDENTITY',
      message: '',
      retryable: false,
    });
    expect(await login).toEqual({ status: 'signedOut', problem: 'NO_IDENTITY' });
    expect(phone.calls).toHaveLength(1);
  });

  test('is tried three times, with jittered waits, while the service is unavailable', async () => {
    const client = phone.start();
    const login = client.login();
    await phone.last('login').answer(unavailable);
    await phone.last('login').fail(KILLED);
    await phone.last('login').fail(OFFLINE);
    expect(await login).toEqual({ status: 'signedOut', problem: 'NETWORK' });
    expect(phone.calls).toHaveLength(3);
    expect(phone.waits).toEqual([150, 450]);
  });

  test('can be tried again after it failed', async () => {
    const client = phone.start();
    const first = client.login();
    await phone
      .last('login')
      .answer({ ok: false, code: 'INTERNAL', message: '', retryable: false });
    await first;
    const second = client.login();
    await phone.last('login').answer(signedInAs('token-1'));
    expect(await second).toMatchObject({ status: 'signedIn' });
  });

  test('that the person overtook by signing out ends in signed out, here and in the cloud', async () => {
    const client = phone.start();
    const login = client.login();
    const loginCall = phone.last('login');
    await client.logout();
    await loginCall.answer(signedInAs('token-1'));
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
    await phone.last('logout').answer({ ok: true, ended: 1 });
    expect(await login).toEqual({ status: 'signedOut' });
    expect([...phone.kept]).toEqual([]);
  });
});

describe('a check', () => {
  test.each([
    ['missing', missing, { code: 'SESSION_MISSING' }],
    ['replaced', replaced, { code: 'SESSION_REPLACED', detail: replaced.detail }],
  ])('that finds the session %s signs out and keeps the reason', async (_, refusal, ended) => {
    const client = await phone.signedIn();
    const check = client.check();
    expect(phone.last('session').data).toEqual({ action: 'check', sessionToken: 'token-1' });
    await phone.last('session').answer(refusal);
    expect(await check).toEqual({ status: 'signedOut', ended });
    expect(phone.start().state).toEqual({ status: 'signedOut' });
  });

  test.each([
    ['the network is lost', OFFLINE, 'NETWORK'],
    ['the function was killed', KILLED, 'UNAVAILABLE'],
    ['the function is not deployed', { errCode: -501000, errMsg: '' }, 'UNAVAILABLE'],
    ['nothing is known of the error', new Error('?'), 'NETWORK'],
  ])('keeps the session when %s, and says so', async (_, error, problem) => {
    const client = await phone.signedIn();
    const check = client.check();
    for (let attempt = 0; attempt < 3; attempt++) await phone.last('session').fail(error);
    expect(await check).toEqual({
      status: 'signedIn',
      session: sessionOf('id-of-token-1'),
      problem,
    });
    expect(phone.start().state.status).toBe('signedIn');
  });

  test.each([unavailable, undefined, null, 'text', {}, { ok: 'yes' }, { ok: false }])(
    'keeps the session when the answer is %j',
    async (answer) => {
      const client = await phone.signedIn();
      const check = client.check();
      for (let attempt = 0; attempt < 3; attempt++) await phone.last('session').answer(answer);
      expect(await check).toMatchObject({ status: 'signedIn', problem: 'UNAVAILABLE' });
    },
  );

  test('without a session asks nobody', async () => {
    expect(await phone.start().check()).toEqual({ status: 'signedOut' });
    expect(phone.calls).toEqual([]);
  });

  test('whose refusal comes late, for a token that was replaced meanwhile, changes nothing', async () => {
    const client = await phone.signedIn('token-1');
    const check = client.check();
    const late = phone.last('session');
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    await login;
    await late.answer(replaced);
    await check;
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-2') });
    expect(phone.start().state.status).toBe('signedIn');
  });

  test('whose success comes late, after the person signed out, does not sign in again', async () => {
    const client = await phone.signedIn();
    const check = client.check();
    const late = phone.last('session');
    void client.logout();
    await late.answer({ ok: true, session: sessionOf('id-of-token-1') });
    await check;
    expect(client.state.status).toBe('signedOut');
    expect(phone.kept.has('session')).toBe(false);
  });

  test.each(['ready', 'appShown'] as const)(
    'by %s() tells the cloud of sign-outs, too, that it has yet to hear of',
    async (method) => {
      const client = await phone.signedIn();
      void client.logout();
      await phone.offline('logout');
      const restarted = phone.start();
      void restarted[method]();
      expect(phone.last('logout').data).toMatchObject({ sessionToken: 'token-1' });
      await phone.last('logout').answer({ ok: true, ended: 1 });
      expect([...phone.kept]).toEqual([]);
    },
  );

  test('is made for each appShown(), however short the mini program was away', async () => {
    const client = await phone.signedIn();
    void client.appShown();
    expect(phone.last('session').data).toEqual({ action: 'check', sessionToken: 'token-1' });
  });

  test('happens once for ready(), however many pages await it', async () => {
    await phone.signedIn();
    const client = phone.start();
    const ready = [client.ready(), client.ready()];
    await phone.last('session').answer({ ok: true, session: sessionOf('id-of-token-1') });
    await Promise.all(ready);
    await client.ready();
    expect(phone.named('session')).toHaveLength(1);
  });
});

describe('signing out', () => {
  test('takes effect here before the cloud answers', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    expect(client.state).toEqual({ status: 'signedOut' });
    expect(phone.kept.has('session')).toBe(false);
    await phone.last('logout').answer({ ok: true, ended: 1 });
    expect(await logout).toEqual({ ok: true, pending: false });
    expect([...phone.kept]).toEqual([]);
  });

  test('offline is remembered, also when the mini program is killed, and sent later', async () => {
    const client = await phone.signedIn();
    const logout = client.logout();
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });

    const restarted = phone.start();
    expect(restarted.state).toEqual({ status: 'signedOut' });
    const sent = restarted.sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
    await phone.last('logout').answer({ ok: true, ended: 1 });
    expect(await sent).toBe(true);
    await restarted.sendPendingLogouts();
    expect(phone.named('logout')).toHaveLength(4);
    expect([...phone.kept]).toEqual([]);
  });

  test('of two people in turn while offline tells the cloud of both', async () => {
    const client = await phone.signedIn('token-1');
    const first = client.logout();
    await phone.offline('logout');
    await first;
    const login = client.login();
    await phone.last('login').answer(signedInAs('token-2'));
    await login;
    const second = client.logout();
    await phone.last('logout').answer({ ok: true, ended: 1 });
    await phone.last('logout').answer({ ok: true, ended: 1 });
    await second;
    const told = phone.named('logout').slice(-2);
    expect(told.map(({ data }) => data['sessionToken'])).toEqual(['token-2', 'token-1']);
    expect([...phone.kept]).toEqual([]);
  });

  test('twice is the same as once', async () => {
    const client = await phone.signedIn();
    const both = [client.logout(), client.logout()];
    await phone.last('logout').answer({ ok: true, ended: 1 });
    await Promise.all(both);
    expect(phone.named('logout')).toHaveLength(1);
  });
});

describe('signing out elsewhere', () => {
  test('everywhere takes effect here at once, and is kept with its scope until it is sent', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'everywhere' });
    expect(client.state).toEqual({ status: 'signedOut' });
    await phone.offline('logout');
    expect(await logout).toEqual({ ok: true, pending: true });
    void phone.start().sendPendingLogouts();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'everywhere' });
  });

  test('on the others leaves this phone signed in', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'others' });
    await settle();
    expect(phone.last('logout').data).toEqual({ sessionToken: 'token-1', scope: 'others' });
    await phone.last('logout').answer({ ok: true, ended: 2 });
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(client.state.status).toBe('signedIn');
  });

  test('on the others fails when the cloud cannot be reached, and says so', async () => {
    const client = await phone.signedIn();
    const logout = client.logout({ scope: 'others' });
    await settle();
    await phone.offline('logout');
    expect(await logout).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(client.state.status).toBe('signedIn');
  });

  test('is forgotten here when the cloud has done it already', async () => {
    const client = await phone.signedIn();
    client.forget();
    expect(client.state).toEqual({ status: 'signedOut' });
    expect([...phone.kept]).toEqual([]);
    expect(phone.named('logout')).toEqual([]);
  });
});

describe('a call in the name of the session', () => {
  const call = async (
    client: PhoneClient,
    data: Record<string, unknown> = {},
    idempotent = false,
  ) => {
    const outcome = client.call('note', data, { idempotent });
    await settle();
    return { outcome };
  };

  test('carries the token and returns the answer', async () => {
    const { outcome } = await call(await phone.signedIn(), { action: 'read' });
    expect(phone.last('note').data).toEqual({ action: 'read', sessionToken: 'token-1' });
    await phone.last('note').answer({ ok: true, note: 'hello' });
    expect(await outcome).toEqual({ ok: true, note: 'hello' });
  });

  test('cannot send another token than the one that is held', async () => {
    await call(await phone.signedIn(), { sessionToken: 'other' });
    expect(phone.last('note').data).toEqual({ sessionToken: 'token-1' });
  });

  test('that meets the end of the session signs out', async () => {
    const client = await phone.signedIn();
    const { outcome } = await call(client);
    await phone.last('note').answer(replaced);
    expect(await outcome).toMatchObject(replaced);
    expect(client.state).toMatchObject({
      status: 'signedOut',
      ended: { code: 'SESSION_REPLACED' },
    });
  });

  test.each([
    { ...missing, detail: { field: 'sessionId' } },
    { ok: false, code: 'INVALID_INPUT', message: '', retryable: false, detail: { field: 'text' } },
  ])('that is refused for what it sent leaves the session alone: %j', async (refusal) => {
    const client = await phone.signedIn();
    const { outcome } = await call(client, { action: 'revoke', sessionId: 'x' }, true);
    await phone.last('note').answer(refusal);
    expect(await outcome).toEqual(refusal);
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-1') });
  });

  test('is not repeated when it gets no answer, unless it may be', async () => {
    const client = await phone.signedIn();
    const once = await call(client);
    await phone.last('note').fail(OFFLINE);
    expect(await once.outcome).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(phone.named('note')).toHaveLength(1);
    expect(client.state.status).toBe('signedIn');

    const repeated = await call(client, {}, true);
    await phone.last('note').fail(OFFLINE);
    await phone.last('note').answer({ ok: true, note: 'hello' });
    expect(await repeated.outcome).toMatchObject({ ok: true });
  });
});

describe('somebody who is not signed in', () => {
  /** A person who is asked to sign in, and does or does not. */
  function askWith(client: PhoneClient, wants: boolean): { times: () => number } {
    let times = 0;
    phone.askToSignIn = async () => {
      times += 1;
      return wants && (await client.login()).status === 'signedIn';
    };
    return { times: () => times };
  }

  test('is asked when something needs it, and it is carried out then', async () => {
    const client = phone.start();
    const asked = askWith(client, true);
    const outcome = client.call('note', { action: 'read' });
    await settle();
    await phone.last('login').answer(signedInAs('token-1'));
    expect(phone.last('note').data).toEqual({ action: 'read', sessionToken: 'token-1' });
    await phone.last('note').answer({ ok: true });
    expect(await outcome).toEqual({ ok: true });
    expect(asked.times()).toBe(1);
  });

  test('can decline, and nothing was called', async () => {
    const client = phone.start();
    askWith(client, false);
    expect(await client.call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(phone.calls).toEqual([]);
  });

  test('is not asked when nobody can ask', async () => {
    expect(await phone.start().call('note', {})).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
  });

  test('is asked once, and signs in once, however many calls meet the end of the session', async () => {
    const client = await phone.signedIn('token-1');
    const asked = askWith(client, true);
    const outcomes = [1, 2, 3, 4].map((n) => client.call('note', { n }, { idempotent: true }));
    await settle();
    const met = phone.named('note');
    expect(met).toHaveLength(4);
    for (const { answer } of met.slice(0, 3)) await answer(replaced);
    await phone.last('login').answer(signedInAs('token-2'));
    // The last refusal comes when somebody is signed in again already.
    await met[3]?.answer(replaced);
    const resumed = phone.calls.filter(
      ({ name, data }) => name === 'note' && data['sessionToken'] === 'token-2',
    );
    expect(resumed.map(({ data }) => data['n']).sort()).toEqual([1, 2, 3, 4]);
    for (const { answer } of resumed) await answer({ ok: true });
    expect(await Promise.all(outcomes)).toEqual([
      { ok: true },
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
    expect(asked.times()).toBe(1);
    expect(phone.named('login')).toHaveLength(2);
    expect(client.state).toEqual({ status: 'signedIn', session: sessionOf('id-of-token-2') });
  });

  test('may resume a call that is not safe to repeat; it is not repeated by itself', async () => {
    const client = await phone.signedIn('token-1');
    const asked = askWith(client, true);
    const outcome = client.call('pay', {});
    await settle();
    await phone.last('pay').answer(replaced);
    const refused = await outcome;
    expect(refused).toMatchObject({ ok: false, code: 'SESSION_REPLACED' });
    expect(asked.times()).toBe(0);

    const resumed = 'resume' in refused ? refused.resume() : undefined;
    await settle();
    await phone.last('login').answer(signedInAs('token-2'));
    expect(phone.last('pay').data).toEqual({ sessionToken: 'token-2' });
    await phone.last('pay').answer({ ok: true });
    expect(await resumed).toEqual({ ok: true });
  });
});

describe('what the phone has kept', () => {
  test.each([
    '',
    7,
    null,
    [],
    {},
    { token: 7, session: {} },
    { token: 'x' },
    { token: 'x', session: null },
  ])('is ignored when it is no session: %j', (value) => {
    phone.kept.set('session', value);
    expect(phone.start().state).toEqual({ status: 'signedOut' });
  });
});

test('a listener that stopped hears nothing more', async () => {
  const client = await phone.signedIn();
  let heard = 0;
  const stop = client.onChange(() => void (heard += 1));
  stop();
  void client.logout();
  expect(heard).toBe(0);
});
