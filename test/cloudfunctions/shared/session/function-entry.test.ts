import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  openEntry,
  functionEntry,
  type FunctionEnvironment,
} from '../../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { logoutAction } from '../../../../cloudfunctions/shared/session/logout-action';
import { sessionAction } from '../../../../cloudfunctions/shared/session/session-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { StoreUnavailableError } from '../../../../cloudfunctions/shared/session/session-store';
import { sessionId } from '../../../../cloudfunctions/shared/session/session-token';
import { memorySessionStore } from '../../../support/memory-session-store';
import { LIN, PHONE, ZHOU, wxContextOf, ZHOU_ACCOUNT } from '../../../support/people';
import { AT } from '../../../support/sessions';

let lines: string[];

beforeEach(() => {
  lines = [];
});

const lastLine = () => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>;

const environment = (changes: Partial<FunctionEnvironment> = {}): FunctionEnvironment => ({
  getWXContext: () => wxContextOf(LIN),
  store: memorySessionStore(),
  policy: defaultPolicy,
  now: () => new Date(AT),
  log: (line) => void lines.push(line),
  ...changes,
});

describe('a function', () => {
  test('without a trusted identity refuses, whatever the event claims', async () => {
    const login = functionEntry('login', environment({ getWXContext: () => ({}) }), loginAction);
    const event = { userInfo: { openId: LIN.openid, appId: LIN.appid } };
    expect(await login(event)).toMatchObject({ ok: false, code: 'NO_IDENTITY', retryable: false });
  });

  test('answers UNAVAILABLE when the database fails, and keeps the cause and the hint for the log', async () => {
    const cause = { errCode: -502005, errMsg: 'collection not exists' };
    const store = {
      ...memorySessionStore(),
      put: () => Promise.reject(new StoreUnavailableError('put', cause, 'create it')),
    };
    const login = functionEntry('login', environment({ store }), loginAction);
    expect(await login({})).toMatchObject({ ok: false, code: 'UNAVAILABLE', retryable: true });
    expect(lastLine()).toMatchObject({
      outcome: 'failed',
      code: 'UNAVAILABLE',
      error: 'the session store failed to put: collection not exists',
      hint: 'create it',
    });
  });

  test('answers INTERNAL on a bug, and tells the caller nothing of it', async () => {
    const store = {
      ...memorySessionStore(),
      put: () => Promise.reject(new TypeError('secret detail')),
    };
    const login = functionEntry('login', environment({ store }), loginAction);
    const reply = await login({});
    expect(reply).toMatchObject({ ok: false, code: 'INTERNAL', retryable: false });
    expect(JSON.stringify(reply)).not.toContain('secret detail');
    // With the place where it happened.
    expect(lastLine()['error']).toMatch(/secret detail\n\s+at /);
  });
});

describe('an action that finds out itself who calls', () => {
  test('is done as them, whatever the cloud says of the call', async () => {
    const shared = environment({
      getWXContext: () => wxContextOf(LIN),
    });
    const reply = await openEntry('gateway', shared, (call) => loginAction(call.isBy(ZHOU)))({
      device: PHONE,
    });
    if (!reply.ok) throw new Error(reply.code);
    expect(reply.sessionToken).toMatch(`${sessionId(ZHOU_ACCOUNT, 0)}.`);
  });

  test('has the same failures and the same log line', async () => {
    const store = {
      ...memorySessionStore(),
      put: () => Promise.reject(new StoreUnavailableError('put', 'no answer')),
    };
    const open = openEntry('gateway', environment({ store }), (call) =>
      loginAction(call.isBy(ZHOU)),
    );
    const reply = await open({});
    expect(reply).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    expect(lastLine()).toMatchObject({
      event: 'gateway',
      outcome: 'failed',
      user: expect.stringMatching(/^[0-9a-f]{16}$/),
      error: 'the session store failed to put: no answer',
    });
  });
});

describe('the log', () => {
  test('tells people apart, and is the same for one', async () => {
    const users = [];
    for (const person of [LIN, ZHOU, { ...LIN, appid: 'wx-other' }, LIN]) {
      const getWXContext = () => wxContextOf(person);
      await functionEntry('login', environment({ getWXContext }), loginAction)({});
      users.push(lastLine()['user']);
    }
    expect(new Set(users).size).toBe(3);
    expect(users[0]).toBe(users[3]);
  });

  test('says what was asked for, and how many sessions it ended', async () => {
    const shared = environment();
    const reply = await functionEntry('login', shared, loginAction)({ device: PHONE });
    if (!reply.ok) throw new Error(reply.code);
    const { sessionToken } = reply;
    await functionEntry('session', shared, sessionAction)({ action: 'check', sessionToken });
    expect(lastLine()).toMatchObject({ event: 'session', action: 'check', outcome: 'ok' });
    await functionEntry('logout', shared, logoutAction)({ sessionToken });
    expect(lastLine()).toMatchObject({ event: 'logout', ended: 1, outcome: 'ok' });
  });

  test('has one line for each call: what, how it ended, for whom, how long', async () => {
    let now = AT;
    const clock = () => new Date((now += 7));
    await functionEntry('login', environment({ now: clock }), loginAction)({ device: PHONE });
    expect(lines).toHaveLength(1);
    expect(lastLine()).toEqual({
      event: 'login',
      outcome: 'ok',
      user: expect.stringMatching(/^[0-9a-f]{16}$/),
      session: expect.stringMatching(/^[0-9a-f]{16}$/),
      durationMs: 7,
    });
  });

  test('names the field of a bad request', async () => {
    await functionEntry('logout', environment(), logoutAction)({ sessionToken: 7 });
    expect(lastLine()).toMatchObject({
      outcome: 'refused',
      code: 'INVALID_INPUT',
      field: 'sessionToken',
    });
  });

  test('holds no token, no identity and no session id', async () => {
    const shared = environment();
    const reply = await functionEntry('login', shared, loginAction)({ device: PHONE });
    if (!reply.ok) throw new Error(reply.code);
    const { sessionToken } = reply;
    await functionEntry('session', shared, sessionAction)({ action: 'check', sessionToken });
    await functionEntry('logout', shared, logoutAction)({ sessionToken });
    const log = lines.join('\n');
    expect(lines).toHaveLength(3);
    for (const secret of [...sessionToken.split('.'), LIN.openid, LIN.appid]) {
      expect(log).not.toContain(secret);
    }
  });
});
