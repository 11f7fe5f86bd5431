import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createSessionClient,
  type SessionClient,
} from '../../../miniprogram/session/session-client';
import type { SessionState } from '../../../miniprogram/session/session-state';
import { sessionStorage } from '../../../miniprogram/session/session-storage';
import { PHONE } from '../../support/people';
import { AT } from '../../support/sessions';

/** One cloud call that the client has made and that a test answers when it likes. */
interface PendingCall {
  name: string;
  data: Record<string, unknown>;
  answer: (result: unknown) => Promise<void>;
  fail: (error: unknown) => Promise<void>;
}

const offline = { errCode: -1, errMsg: 'cloud.callFunction:fail request:fail' };
const killed = {
  errCode: -504003,
  errMsg: 'cloud.callFunction:fail Invoking task timed out after 3 seconds',
};
const unavailable = { ok: false, code: 'UNAVAILABLE', message: '', retryable: true };
const missing = { ok: false, code: 'SESSION_MISSING', message: '', retryable: false };
const replaced = {
  ok: false,
  code: 'SESSION_REPLACED',
  message: '',
  retryable: false,
  detail: { endedAt: AT, device: PHONE },
};

const info = (id: string) => ({
  id,
  device: PHONE,
  createdAt: AT,
  renewedAt: AT,
  expiresAt: AT + 1,
  absoluteExpiresAt: AT + 2,
  current: true,
});
const signedInAs = (token: string) => ({ ok: true, sessionToken: token, session: info(token) });

/** Lets everything that is ready to run do so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

let calls: PendingCall[];
let waits: number[];
let kept: Map<string, unknown>;

beforeEach(() => {
  calls = [];
  waits = [];
  kept = new Map();
});

/** Starts the mini program: a new client over what the phone has kept. */
function start(): SessionClient {
  return createSessionClient({
    callFunction: ({ name, data }) =>
      new Promise((resolve, reject) => {
        calls.push({
          name,
          data,
          answer: async (result) => {
            resolve({ result });
            await settle();
          },
          fail: async (error) => {
            reject(error);
            await settle();
          },
        });
      }),
    storage: sessionStorage({
      getStorageSync: (key) => structuredClone(kept.get(key) ?? ''),
      setStorageSync: (key, value) => void kept.set(key, structuredClone(value)),
      removeStorageSync: (key) => void kept.delete(key),
    }),
    device: () => PHONE,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 0,
  });
}

function lastCall(name: string): PendingCall {
  const call = calls.at(-1);
  if (call?.name !== name) throw new Error(`the last call is ${String(call?.name)}, not ${name}`);
  return call;
}

async function signedIn(token = 'token-1'): Promise<SessionClient> {
  const client = start();
  const login = client.login();
  await lastCall('login').answer(signedInAs(token));
  await login;
  return client;
}

describe('signing in', () => {
  test('sends the device, keeps the token, and shows the session', async () => {
    const client = start();
    const seen: SessionState[] = [];
    client.onChange((state) => void seen.push(state));
    const login = client.login();
    expect(lastCall('login').data).toEqual({
      device: PHONE,
      attempt: expect.stringMatching(/^[\w-]{16,64}$/),
    });
    await lastCall('login').answer(signedInAs('token-1'));
    expect(await login).toEqual({ status: 'signedIn', session: info('token-1') });
    expect(seen).toEqual([
      { status: 'signedOut', busy: 'login' },
      { status: 'signedIn', session: info('token-1') },
    ]);
    expect(start().state).toEqual({ status: 'signedIn', session: info('token-1') });
  });

  test('is one call however many ask at once', async () => {
    const client = start();
    const logins = [client.login(), client.login(), client.login()];
    await lastCall('login').answer(signedInAs('token-1'));
    await Promise.all(logins);
    expect(calls).toHaveLength(1);
  });

  test('that fails leaves the person signed out and says why', async () => {
    const client = start();
    const login = client.login();
    await lastCall('login').answer({
      ok: false,
      code: 'NO_IDENTITY',
      message: '',
      retryable: false,
    });
    expect(await login).toEqual({ status: 'signedOut', problem: 'NO_IDENTITY' });
    expect(calls).toHaveLength(1);
  });

  test('is tried three times, with jittered waits, while the service is unavailable', async () => {
    const client = start();
    const login = client.login();
    await lastCall('login').answer(unavailable);
    await lastCall('login').fail(killed);
    await lastCall('login').fail(offline);
    expect(await login).toEqual({ status: 'signedOut', problem: 'NETWORK' });
    expect(calls).toHaveLength(3);
    expect(waits).toEqual([150, 450]);
  });

  test('can be tried again after it failed', async () => {
    const client = start();
    const first = client.login();
    await lastCall('login').answer({ ok: false, code: 'INTERNAL', message: '', retryable: false });
    await first;
    const second = client.login();
    await lastCall('login').answer(signedInAs('token-1'));
    expect(await second).toMatchObject({ status: 'signedIn' });
  });

  test('that the person overtook by signing out ends in signed out, here and in the cloud', async () => {
    const client = start();
    const login = client.login();
    const loginCall = lastCall('login');
    await client.logout();
    await loginCall.answer(signedInAs('token-1'));
    expect(lastCall('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
    await lastCall('logout').answer({ ok: true, ended: 1 });
    expect(await login).toEqual({ status: 'signedOut' });
    expect([...kept]).toEqual([]);
  });
});

describe('a check', () => {
  test.each([
    ['missing', missing, { code: 'SESSION_MISSING' }],
    ['replaced', replaced, { code: 'SESSION_REPLACED', detail: replaced.detail }],
  ])('that finds the session %s signs out and keeps the reason', async (_, refusal, ended) => {
    const client = await signedIn();
    const check = client.check();
    expect(lastCall('session').data).toEqual({ action: 'check', sessionToken: 'token-1' });
    await lastCall('session').answer(refusal);
    expect(await check).toEqual({ status: 'signedOut', ended });
    expect(start().state).toEqual({ status: 'signedOut' });
  });

  test.each([
    ['the network is lost', offline, 'NETWORK'],
    ['the function was killed', killed, 'UNAVAILABLE'],
    ['the function is not deployed', { errCode: -501000, errMsg: '' }, 'UNAVAILABLE'],
    ['nothing is known of the error', new Error('?'), 'NETWORK'],
  ])('keeps the session when %s, and says so', async (_, error, problem) => {
    const client = await signedIn();
    const check = client.check();
    for (let attempt = 0; attempt < 3; attempt++) await lastCall('session').fail(error);
    expect(await check).toEqual({ status: 'signedIn', session: info('token-1'), problem });
    expect(start().state.status).toBe('signedIn');
  });

  test.each([unavailable, undefined, null, 'text', {}, { ok: 'yes' }, { ok: false }])(
    'keeps the session when the answer is %j',
    async (answer) => {
      const client = await signedIn();
      const check = client.check();
      for (let attempt = 0; attempt < 3; attempt++) await lastCall('session').answer(answer);
      expect(await check).toMatchObject({ status: 'signedIn', problem: 'UNAVAILABLE' });
    },
  );

  test('without a session asks nobody', async () => {
    expect(await start().check()).toEqual({ status: 'signedOut' });
    expect(calls).toEqual([]);
  });

  test('whose refusal comes late, for a token that was replaced meanwhile, changes nothing', async () => {
    const client = await signedIn('token-1');
    const check = client.check();
    const late = lastCall('session');
    const login = client.login();
    await lastCall('login').answer(signedInAs('token-2'));
    await login;
    await late.answer(replaced);
    await check;
    expect(client.state).toEqual({ status: 'signedIn', session: info('token-2') });
    expect(start().state.status).toBe('signedIn');
  });

  test('whose success comes late, after the person signed out, does not sign in again', async () => {
    const client = await signedIn();
    const check = client.check();
    const late = lastCall('session');
    void client.logout();
    await late.answer({ ok: true, session: info('token-1') });
    await check;
    expect(client.state.status).toBe('signedOut');
    expect(kept.has('session')).toBe(false);
  });

  test('happens once for ready(), however many pages await it', async () => {
    await signedIn();
    const client = start();
    const ready = [client.ready(), client.ready()];
    await lastCall('session').answer({ ok: true, session: info('token-1') });
    await Promise.all(ready);
    await client.ready();
    expect(calls.filter(({ name }) => name === 'session')).toHaveLength(1);
  });
});

describe('signing out', () => {
  test('takes effect here before the cloud answers', async () => {
    const client = await signedIn();
    const logout = client.logout();
    expect(client.state).toEqual({ status: 'signedOut' });
    expect(kept.has('session')).toBe(false);
    await lastCall('logout').answer({ ok: true, ended: 1 });
    expect(await logout).toEqual({ ok: true, pending: false });
    expect([...kept]).toEqual([]);
  });

  test('offline is remembered, also when the mini program is killed, and sent later', async () => {
    const client = await signedIn();
    const logout = client.logout();
    for (let attempt = 0; attempt < 3; attempt++) await lastCall('logout').fail(offline);
    expect(await logout).toEqual({ ok: true, pending: true });

    const restarted = start();
    expect(restarted.state).toEqual({ status: 'signedOut' });
    const sent = restarted.sendPendingLogouts();
    expect(lastCall('logout').data).toEqual({ sessionToken: 'token-1', scope: 'this' });
    await lastCall('logout').answer({ ok: true, ended: 1 });
    expect(await sent).toBe(true);
    await restarted.sendPendingLogouts();
    expect(calls.filter(({ name }) => name === 'logout')).toHaveLength(4);
    expect([...kept]).toEqual([]);
  });

  test('of two people in turn while offline tells the cloud of both', async () => {
    const client = await signedIn('token-1');
    const first = client.logout();
    for (let attempt = 0; attempt < 3; attempt++) await lastCall('logout').fail(offline);
    await first;
    const login = client.login();
    await lastCall('login').answer(signedInAs('token-2'));
    await login;
    const second = client.logout();
    await lastCall('logout').answer({ ok: true, ended: 1 });
    await lastCall('logout').answer({ ok: true, ended: 1 });
    await second;
    const told = calls.filter(({ name }) => name === 'logout').slice(-2);
    expect(told.map(({ data }) => data['sessionToken'])).toEqual(['token-2', 'token-1']);
    expect([...kept]).toEqual([]);
  });

  test('twice is the same as once', async () => {
    const client = await signedIn();
    const both = [client.logout(), client.logout()];
    await lastCall('logout').answer({ ok: true, ended: 1 });
    await Promise.all(both);
    expect(calls.filter(({ name }) => name === 'logout')).toHaveLength(1);
  });
});

describe('signing out elsewhere', () => {
  test('everywhere takes effect here at once, and is kept with its scope until it is sent', async () => {
    const client = await signedIn();
    const logout = client.logout({ scope: 'everywhere' });
    expect(client.state).toEqual({ status: 'signedOut' });
    for (let attempt = 0; attempt < 3; attempt++) await lastCall('logout').fail(offline);
    expect(await logout).toEqual({ ok: true, pending: true });
    void start().sendPendingLogouts();
    expect(lastCall('logout').data).toEqual({ sessionToken: 'token-1', scope: 'everywhere' });
  });

  test('on the others leaves this phone signed in', async () => {
    const client = await signedIn();
    const logout = client.logout({ scope: 'others' });
    await settle();
    expect(lastCall('logout').data).toEqual({ sessionToken: 'token-1', scope: 'others' });
    await lastCall('logout').answer({ ok: true, ended: 2 });
    expect(await logout).toEqual({ ok: true, pending: false });
    expect(client.state.status).toBe('signedIn');
  });

  test('on the others fails when the cloud cannot be reached, and says so', async () => {
    const client = await signedIn();
    const logout = client.logout({ scope: 'others' });
    await settle();
    for (let attempt = 0; attempt < 3; attempt++) await lastCall('logout').fail(offline);
    expect(await logout).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(client.state.status).toBe('signedIn');
  });

  test('is forgotten here when the cloud has done it already', async () => {
    const client = await signedIn();
    client.forget();
    expect(client.state).toEqual({ status: 'signedOut' });
    expect([...kept]).toEqual([]);
    expect(calls.filter(({ name }) => name === 'logout')).toEqual([]);
  });
});

describe('a call in the name of the session', () => {
  const call = async (
    client: SessionClient,
    data?: Record<string, unknown>,
    idempotent = false,
  ) => {
    const outcome = client.call<{ note: string }>('note', data, { idempotent });
    await settle();
    return { outcome };
  };

  test('carries the token and returns the answer', async () => {
    const { outcome } = await call(await signedIn(), { action: 'read' });
    expect(lastCall('note').data).toEqual({ action: 'read', sessionToken: 'token-1' });
    await lastCall('note').answer({ ok: true, note: 'hello' });
    expect(await outcome).toEqual({ ok: true, note: 'hello' });
  });

  test('cannot send another token than the one that is held', async () => {
    await call(await signedIn(), { sessionToken: 'other' });
    expect(lastCall('note').data).toEqual({ sessionToken: 'token-1' });
  });

  test('that meets the end of the session signs out', async () => {
    const client = await signedIn();
    const { outcome } = await call(client);
    await lastCall('note').answer(replaced);
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
    const client = await signedIn();
    const { outcome } = await call(client, { action: 'revoke', sessionId: 'x' }, true);
    await lastCall('note').answer(refusal);
    expect(await outcome).toEqual(refusal);
    expect(client.state).toEqual({ status: 'signedIn', session: info('token-1') });
  });

  test('is not repeated when it gets no answer, unless it may be', async () => {
    const client = await signedIn();
    const once = await call(client);
    await lastCall('note').fail(offline);
    expect(await once.outcome).toMatchObject({ ok: false, code: 'NETWORK' });
    expect(calls.filter(({ name }) => name === 'note')).toHaveLength(1);
    expect(client.state.status).toBe('signedIn');

    const repeated = await call(client, {}, true);
    await lastCall('note').fail(offline);
    await lastCall('note').answer({ ok: true, note: 'hello' });
    expect(await repeated.outcome).toMatchObject({ ok: true });
  });
});

describe('somebody who is not signed in', () => {
  /** A person who is asked to sign in, and does or does not. */
  function askWith(client: SessionClient, wants: boolean): { times: () => number } {
    let times = 0;
    client.askToSignInWith(async () => {
      times += 1;
      return wants && (await client.login()).status === 'signedIn';
    });
    return { times: () => times };
  }

  test('is asked when something needs it, and it is carried out then', async () => {
    const client = start();
    const asked = askWith(client, true);
    const outcome = client.call('note', { action: 'read' });
    await settle();
    await lastCall('login').answer(signedInAs('token-1'));
    expect(lastCall('note').data).toEqual({ action: 'read', sessionToken: 'token-1' });
    await lastCall('note').answer({ ok: true });
    expect(await outcome).toEqual({ ok: true });
    expect(asked.times()).toBe(1);
  });

  test('can decline, and nothing was called', async () => {
    const client = start();
    askWith(client, false);
    expect(await client.call('note')).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
    expect(calls).toEqual([]);
  });

  test('is not asked when nobody can ask', async () => {
    expect(await start().call('note')).toEqual({ ok: false, code: 'SIGN_IN_DECLINED' });
  });

  test('is asked once, and signs in once, however many calls meet the end of the session', async () => {
    const client = await signedIn('token-1');
    const asked = askWith(client, true);
    const outcomes = [1, 2, 3, 4].map((n) => client.call('note', { n }, { idempotent: true }));
    await settle();
    const met = calls.filter(({ name }) => name === 'note');
    expect(met).toHaveLength(4);
    for (const { answer } of met.slice(0, 3)) await answer(replaced);
    await lastCall('login').answer(signedInAs('token-2'));
    // The last refusal comes when somebody is signed in again already.
    await met[3]?.answer(replaced);
    const resumed = calls.filter(
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
    expect(calls.filter(({ name }) => name === 'login')).toHaveLength(2);
    expect(client.state).toEqual({ status: 'signedIn', session: info('token-2') });
  });

  test('may resume a call that is not safe to repeat; it is not repeated by itself', async () => {
    const client = await signedIn('token-1');
    const asked = askWith(client, true);
    const outcome = client.call('pay');
    await settle();
    await lastCall('pay').answer(replaced);
    const refused = await outcome;
    expect(refused).toMatchObject({ ok: false, code: 'SESSION_REPLACED' });
    expect(asked.times()).toBe(0);

    const resumed = 'resume' in refused ? refused.resume() : undefined;
    await settle();
    await lastCall('login').answer(signedInAs('token-2'));
    expect(lastCall('pay').data).toEqual({ sessionToken: 'token-2' });
    await lastCall('pay').answer({ ok: true });
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
    kept.set('session', value);
    expect(start().state).toEqual({ status: 'signedOut' });
  });
});

test('a listener that stopped hears nothing more', async () => {
  const client = await signedIn();
  let heard = 0;
  const stop = client.onChange(() => void (heard += 1));
  stop();
  void client.logout();
  expect(heard).toBe(0);
});
