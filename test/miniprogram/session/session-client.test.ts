import { beforeEach, describe, expect, test } from '@jest/globals';
import { createSessionClient } from '../../../miniprogram/session/session-client';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { PHONE } from '../../support/people';
import { AT } from '../../support/sessions';
import {
  ENDED,
  OFFLINE,
  refusal,
  sessionOf,
  SessionPhone,
  signedInAs,
} from '../support/session-phone';

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
    await phone.last('logout').answer(ENDED);
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
      await phone.last('logout').answer(ENDED);
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

test('a listener that stopped hears nothing more', async () => {
  const client = await phone.signedIn();
  let heard = 0;
  const stop = client.onChange(() => void (heard += 1));
  stop();
  void client.logout();
  expect(heard).toBe(0);
});
