/**
 * What comes back over HTTP may come from anybody who stands between: only the gateway's own
 * replies say something.
 */
import { describe, expect, test } from '@jest/globals';
import { callCloud } from '../../../miniprogram/session/cloud-call';
import { httpTransport, type HttpRequest } from '../../../miniprogram/session/http-transport';
import { sessionOf, signedInAs } from '../support/session-phone';

const asked: HttpRequest[] = [];

function over(reply: { statusCode: number; data: unknown }) {
  asked.length = 0;
  return httpTransport({
    gatewayUrl: 'https://gateway.example',
    provider: 'wechat',
    appid: 'wx-app',
    loginCode: () => Promise.resolve('code'),
    request: (request) => {
      asked.push(request);
      return Promise.resolve(reply);
    },
  });
}

const call = (
  statusCode: number,
  data: unknown,
  name = 'session',
  request: object = { action: 'check' },
) =>
  callCloud(over({ statusCode, data }), () => () => undefined, name, {
    sessionToken: 'token',
    ...request,
  });

const problem = (status: number, code: string, more: object = {}) => ({
  type: 'about:blank',
  title: 'title',
  status,
  code,
  ...more,
});

describe('the gateway', () => {
  test('says that a token is bad', async () => {
    expect(await call(401, problem(401, 'SESSION_MISSING'))).toEqual({
      ok: false,
      code: 'SESSION_MISSING',
      message: '',
      retryable: false,
    });
  });

  test.each([
    [400, 'INVALID_INPUT', { field: 'device' }, false, { field: 'device' }],
    [404, 'SESSION_MISSING', { field: 'sessionId' }, false, { field: 'sessionId' }],
    [401, 'IDENTITY_UNKNOWN', {}, false, undefined],
    [403, 'NOT_OFFERED', {}, false, undefined],
    [403, 'ACCOUNT_BLOCKED', {}, false, undefined],
    [409, 'IDENTITY_TAKEN', {}, false, undefined],
    [429, 'TOO_MANY_ATTEMPTS', { retryAt: 5 }, true, { retryAt: 5 }],
    [500, 'INTERNAL', {}, false, undefined],
    [503, 'UNAVAILABLE', {}, true, undefined],
  ])('%i is %s', async (status, code, more, retryable, detail) => {
    const outcome = await call(status, problem(status, code, more));
    expect(outcome).toMatchObject({ ok: false, code, retryable, ...(detail && { detail }) });
  });

  test('answers in the contract’s terms', async () => {
    const session = sessionOf('id');
    expect(await call(200, { session })).toEqual({ ok: true, session });
    expect(await call(200, signedInAs('token'), 'login', {})).toMatchObject({
      sessionToken: 'token',
    });
    expect(await call(200, { ended: 1 }, 'logout', {})).toMatchObject({ ended: 1 });
  });
});

describe('somebody in between', () => {
  const page = '<html><h1>Sign in to the network</h1></html>';
  test.each([
    ['a captive portal’s page', 200, page],
    ['nothing', 200, ''],
    ['an empty object', 200, {}],
    ['a list', 200, [{ session: sessionOf('id') }]],
    ['a session that is none', 200, { session: { id: 'x' } }],
    ['a proxy that finds nothing', 404, page],
    ['a proxy that wants to know who asks', 401, page],
    ['a 401 of something else', 401, { error: 'unauthorized' }],
    ['a problem of another API', 401, { type: 'about:blank', title: 'no', status: 401 }],
    ['a problem about another status', 401, problem(403, 'SESSION_MISSING')],
    ['a problem that is no 401', 403, problem(403, 'SESSION_MISSING')],
    ['a problem about nothing', 404, problem(404, 'SESSION_MISSING')],
    ['a problem with a code that is none', 401, problem(401, 'toString')],
    ['a redirect', 302, ''],
    ['a gateway that cannot reach ours', 502, page],
    ['a limit of somebody else', 429, page],
  ])('says nothing about the session: %s', async (_, status, body) => {
    expect(await call(status, body)).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  });

  test.each([page, '', {}, { ok: true }, { sessionToken: 'x' }, { session: sessionOf('id') }])(
    'signs nobody in: %j',
    async (body) => {
      expect(await call(200, body, 'login', {})).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    },
  );

  test('cannot make a refusal of a reply, nor the other way round', async () => {
    const refusal = { ok: false, code: 'SESSION_EXPIRED', message: '', retryable: false };
    expect(await call(200, refusal)).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await call(401, { ok: true, session: sessionOf('id') })).toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});

test('a sign-in names its attempt and the token it holds; a late sign-out says how late', async () => {
  await call(200, {}, 'login', { device: { name: 'x' }, attempt: 'attempt-1' });
  expect(asked[0]?.data).toMatchObject({
    attempt: 'attempt-1',
    sessionToken: 'token',
    code: 'code',
  });
  await call(200, {}, 'logout', { scope: 'everywhere', askedAgoMs: 7 });
  expect(asked[0]).toMatchObject({
    header: { authorization: 'Bearer token' },
    data: { scope: 'everywhere', askedAgoMs: 7 },
  });
});

test('a sign-in by password goes with a login code, so that the gateway can link the app it comes from', async () => {
  const password = { name: 'lin', password: 'correct horse', attempt: 'attempt-1', again: true };
  expect(await call(200, signedInAs('t'), 'login-password', password)).toMatchObject({ ok: true });
  expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://gateway.example/v1/login' });
  expect(asked[0]?.header).not.toHaveProperty('authorization');
  expect(asked[0]?.data).toEqual({
    ...password,
    sessionToken: 'token',
    platform: 'wechat',
    appid: 'wx-app',
    code: 'code',
  });
});

test.each(['login-phone', 'identity'])(
  '%s is not offered, and the gateway not asked',
  async (name) => {
    expect(await call(200, { ok: true }, name, {})).toMatchObject({ code: 'NOT_OFFERED' });
    expect(asked).toEqual([]);
  },
);

test('an app whose id cannot be read yet starts all the same: it is asked for at each sign-in', async () => {
  let isReadable = false;
  const transport = httpTransport({
    gatewayUrl: 'https://gateway.example',
    provider: 'wechat',
    get appid() {
      if (!isReadable) throw new Error('getAccountInfoSync:fail');
      return 'wx-app';
    },
    loginCode: () => Promise.resolve('code'),
    request: (request) => {
      asked.push(request);
      return Promise.resolve({ statusCode: 200, data: signedInAs('token') });
    },
  });
  const login = () => callCloud(transport, () => () => undefined, 'login', {});
  expect(await login()).toMatchObject({ ok: false, code: 'NETWORK' });
  isReadable = true;
  expect(await login()).toMatchObject({ ok: true, sessionToken: 'token' });
  expect(asked.at(-1)?.data).toMatchObject({ appid: 'wx-app' });
});

test('a sign-out names its token in the header only', async () => {
  await call(200, { ended: 1 }, 'logout', { scope: 'this' });
  expect(asked[0]?.data).toEqual({ scope: 'this' });
});
