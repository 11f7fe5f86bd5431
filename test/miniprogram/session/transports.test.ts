/**
 * The session client on both of its transports: the real functions behind `callFunction`, the real
 * gateway behind HTTP.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createGatewayApp,
  createWindowedLimit,
  type Session,
  defaultPolicy,
  type SessionId,
  sessionFunctions,
} from '#functions/testing';
import type { CallFunction } from '../../../miniprogram/session/cloud-call';
import { httpTransport } from '../../../miniprogram/session/http-transport';
import {
  createSessionClient,
  type SessionClient,
} from '../../../miniprogram/session/session-client';
import { sessionStorage } from '../../../miniprogram/session/session-storage';
import { gatewayConfig, memoryCounters } from '../../support/gateway';
import { memorySessionStore } from '../../support/memory-session-store';
import { LIN, wxContextOf } from '../../support/people';
import { AT } from '../../support/sessions';

let now: number;
let sessions: Map<SessionId, Session>;
let online: boolean;
let isDown: boolean;
let codes: number;

beforeEach(() => {
  now = AT;
  sessions = new Map();
  [online, isDown, codes] = [true, false, 0];
});

const environment = () => ({
  store: memorySessionStore({ sessions, now: () => now }),
  policy: { ...defaultPolicy, sessionsPerUser: 3 },
  now: () => new Date(now),
  log: () => undefined,
});

function overCloud(): CallFunction {
  const cloud = {
    ...environment(),
    getWXContext: () => wxContextOf(LIN),
  };
  const functions: Record<string, (event: unknown) => Promise<object>> = sessionFunctions(cloud);
  return async ({ name, data }) => {
    if (!online) throw new Error('request:fail');
    if (isDown) return { result: { ok: false, code: 'UNAVAILABLE', message: '', retryable: true } };
    return { result: await functions[name]?.(data) };
  };
}

function overHttp(): CallFunction {
  const app = createGatewayApp({
    environment: environment(),
    config: gatewayConfig({ apps: [{ provider: 'qq', appid: LIN.appid, secret: 's' }] }),
    exchangeCode: () => Promise.resolve({ ok: true, openid: LIN.openid }),
    limit: createWindowedLimit(memoryCounters()),
  });
  return httpTransport({
    gatewayUrl: 'https://gateway.invalid',
    provider: 'qq',
    appid: LIN.appid,
    loginCode: () => Promise.resolve(`code-${String(++codes)}`),
    request: async ({ url, method, header, data }) => {
      if (!online) throw new Error('request:fail');
      if (isDown) return { statusCode: 503, data: {} };
      const request = new Request(url, {
        method,
        headers: header,
        ...(data && { body: JSON.stringify(data) }),
      });
      const response = await app.fetch(request, {});
      return { statusCode: response.status, data: await response.json() };
    },
  });
}

describe.each([
  ['callFunction', overCloud],
  ['HTTP', overHttp],
])('over %s', (_name, transport) => {
  let values: Map<string, unknown>;
  let phone: SessionClient;

  beforeEach(() => {
    values = new Map();
    phone = open();
  });

  const open = (storage = values): SessionClient =>
    createSessionClient({
      callFunction: transport(),
      storage: sessionStorage({
        getStorageSync: (key) => storage.get(key),
        setStorageSync: (key, value) => void storage.set(key, value),
        removeStorageSync: (key) => void storage.delete(key),
      }),
      device: () => ({ name: 'iPhone 15', platform: 'ios' }),
      wait: () => Promise.resolve(),
      random: () => 0,
    });

  test('signs in, checks, signs out', async () => {
    expect(await phone.login()).toMatchObject({
      status: 'signedIn',
      session: { device: { name: 'iPhone 15' }, current: true },
    });
    expect(await phone.check()).toMatchObject({ status: 'signedIn' });
    expect(await phone.logout()).toEqual({ ok: true, pending: false });
    expect([phone.state.status, sessions.size]).toEqual(['signedOut', 0]);
  });

  test('is signed in again after it was killed, until the session is over', async () => {
    await phone.login();
    expect(await open().ready()).toMatchObject({ status: 'signedIn' });
    now += defaultPolicy.idleLifetimeMs;
    expect(await open().ready()).toMatchObject({ status: 'signedOut' });
  });

  test('sees and ends its other devices', async () => {
    await phone.login();
    const other = open(new Map());
    await other.login();
    const listed = await phone.call('session', {
      action: 'list',
    });
    if (!listed.ok) throw new Error('no list');
    const [own, theirs] = listed.sessions;
    expect([own?.current, theirs?.current]).toEqual([true, false]);
    const revoke = { action: 'revoke', sessionId: theirs?.id ?? '' } as const;
    expect(await phone.call('session', revoke)).toMatchObject({ ok: true, ended: 1 });
    expect(await other.check()).toMatchObject({ status: 'signedOut' });
    expect(await phone.check()).toMatchObject({ status: 'signedIn' });
  });

  test('stays signed in when a session that it ends is nobody’s', async () => {
    await phone.login();
    const revoke = { action: 'revoke', sessionId: 'nobody' } as const;
    expect(await phone.call('session', revoke)).toMatchObject({ code: 'SESSION_MISSING' });
    expect(phone.state.status).toBe('signedIn');
  });

  test('signs out everywhere', async () => {
    await phone.login();
    const other = open(new Map());
    await other.login();
    await phone.logout({ scope: 'everywhere' });
    expect(await other.check()).toMatchObject({ status: 'signedOut' });
  });

  test('stays signed in without a network, and while the service is down', async () => {
    await phone.login();
    online = false;
    expect(await phone.check()).toMatchObject({ status: 'signedIn', problem: 'NETWORK' });
    [online, isDown] = [true, true];
    expect(await phone.check()).toMatchObject({ status: 'signedIn', problem: 'UNAVAILABLE' });
  });

  test('signs out offline, and ends the session later', async () => {
    await phone.login();
    online = false;
    expect(await phone.logout()).toEqual({ ok: true, pending: true });
    online = true;
    expect(await open().sendPendingLogouts()).toBe(true);
    expect(sessions.size).toBe(0);
  });
});

test('over HTTP every attempt to sign in brings a code of its own', async () => {
  const client = createSessionClient({
    callFunction: overHttp(),
    storage: sessionStorage({
      getStorageSync: () => undefined,
      setStorageSync: () => undefined,
      removeStorageSync: () => undefined,
    }),
    device: () => ({ name: '', platform: '' }),
    wait: () => Promise.resolve(),
    random: () => 0,
  });
  isDown = true;
  await client.login();
  expect(codes).toBeGreaterThan(1);
});

test('over HTTP a function that the gateway does not have is refused, and ends no session', async () => {
  const reply = await overHttp()({ name: 'note', data: {} });
  expect(reply).toMatchObject({ result: { ok: false, code: 'INTERNAL' } });
});
