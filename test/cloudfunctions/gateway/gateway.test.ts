/** The gateway as it is deployed, through HTTP access of the local cloud; every reply is held against openapi.json. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Ajv2020 from 'ajv/dist/2020';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { root } from '../../../scripts/project/root';
import {
  FAKE_SECRET,
  SESSION_KEY,
  startFakeProvider,
  type FakeProvider,
} from '../../support/fake-provider';
import { basic, CLIENT } from '../../support/gateway';
import { openCloud, type Answer, type TestCloud } from '../../support/local-cloud';
import { hasCommands, testWhere } from '../../support/test-where';

const BASIC = basic(`${CLIENT.id}:${CLIENT.secret}`);
const NEXT_SECRET = 'fedcba9876543210fedcba9876543210';
const LIN = { openid: 'openid-of-lin', appid: 'wx-app' };

let wechat: FakeProvider;
let qq: FakeProvider;
let cloud: TestCloud;

beforeAll(async () => {
  [wechat, qq] = [await startFakeProvider(), await startFakeProvider()];
  cloud = await openCloud({
    collections: ['sessions', 'gateway_counters'],
    environment: {
      SESSIONS_PER_USER: '3',
      GATEWAY_APPS: 'main,game',
      GATEWAY_MAIN_PLATFORM: 'wechat',
      GATEWAY_MAIN_APPID: 'wx-app',
      GATEWAY_MAIN_SECRET: FAKE_SECRET,
      GATEWAY_GAME_PLATFORM: 'qq',
      GATEWAY_GAME_APPID: 'qq-app',
      GATEWAY_GAME_SECRET: FAKE_SECRET,
      GATEWAY_CLIENT_ID: CLIENT.id,
      GATEWAY_CLIENT_SECRET: CLIENT.secret,
      GATEWAY_CLIENT_SECRET_NEXT: NEXT_SECRET,
      GATEWAY_CORS_ORIGINS: 'https://a.example',
      GATEWAY_WECHAT_URL: wechat.url,
      GATEWAY_QQ_URL: qq.url,
    },
  });
});
afterAll(async () => {
  await cloud.close();
  await wechat.close();
  await qq.close();
});
beforeEach(async () => {
  // The instances stay: what they remember is of no account here, and where it is a test ends them.
  await cloud.control({ reset: true });
  for (const provider of [wechat, qq]) provider.requests.length = 0;
});

interface OpenApi {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
}
const openapi = JSON.parse(
  readFileSync(`${root}/cloudfunctions/gateway/openapi.json`, 'utf8'),
) as OpenApi;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(openapi, 'openapi');
const documented = new Set<string>();

interface Reply {
  status: number;
  headers: Headers;
  body: Answer;
}

async function send(method: string, path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${cloud.url}/http/gateway${path}`, { method, ...init });
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Answer;
  checkDocumented(method.toLowerCase(), path, response, text === '' ? undefined : body);
  return { status: response.status, headers: response.headers, body };
}

/** Fails for a status that is not documented, and for a body of another shape. */
function checkDocumented(method: string, path: string, response: Response, body: unknown): void {
  const template = path.split('?')[0]?.replace(/^\/v1\/sessions\/.+/, '/v1/sessions/{id}') ?? '';
  const operation = openapi.paths[template]?.[method];
  if (operation === undefined) return;
  documented.add(`${method} ${template}`);
  const pointer = `#/paths/${template.replaceAll('/', '~1')}/${method}/responses/${String(response.status)}`;
  const found = operation.responses[String(response.status)] as { $ref?: string } | undefined;
  if (found === undefined)
    throw new Error(`${method} ${path} ${String(response.status)} is not documented`);
  if (body === undefined) return;
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const at = found.$ref ?? pointer;
  const schema = `openapi${at}/content/${type.replaceAll('/', '~1')}/schema`;
  expect([path, response.status, ajv.validate({ $ref: schema }, body), ajv.errors]).toEqual([
    path,
    response.status,
    true,
    null,
  ]);
}

const json = (value: unknown): RequestInit => ({
  body: typeof value === 'string' ? value : JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });
const asClient = (token: string, authorization = BASIC): RequestInit => ({
  body: new URLSearchParams({ token }),
  headers: { authorization },
});

/**
 * What other instances have counted in the minute that the cloud's clock is in, right at its beginning, so that what a test does
 * next is in the same.
 */
async function countedBefore(_id: string, count: number): Promise<void> {
  const state = (await (await fetch(`${cloud.url}/control`)).json()) as { now: number };
  const window = Math.floor(state.now / MINUTE_MS) + 1;
  const seed = { gateway_counters: [{ _id, window, count }] };
  await cloud.control({ seed, advanceClockMs: Math.ceil(window * MINUTE_MS - state.now) });
}
const MINUTE_MS = 60_000;

let nextCode = 0;
async function signIn(person = 'lin', platform = 'wechat'): Promise<string> {
  const appid = platform === 'wechat' ? 'wx-app' : 'qq-app';
  const code = `${person}-${String(++nextCode)}`;
  const { status, body } = await send('POST', '/v1/login', json({ platform, appid, code }));
  expect(status).toBe(200);
  return String(body['sessionToken']);
}
/** The id of a session, by which it is ended. */
const idOf = async (token: string): Promise<string> =>
  String((await send('POST', '/v1/introspect', asClient(token))).body['sid']);
const signInByCall = async (caller = LIN): Promise<string> =>
  String((await cloud.call('login', caller, {}))['sessionToken']);

describe('signing in with a code', () => {
  test('issues the session that login would, and keeps no session key', async () => {
    const device = { name: 'iPhone 15', platform: 'ios' };
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-0', device };
    const { status, body } = await send('POST', '/v1/login', json(login));
    expect([status, body]).toEqual([
      200,
      { sessionToken: expect.any(String), session: expect.objectContaining({ device }) },
    ]);
    expect(Object.fromEntries(wechat.requests[0] ?? [])).toEqual({
      appid: 'wx-app',
      secret: FAKE_SECRET,
      js_code: 'lin-0',
      grant_type: 'authorization_code',
    });
    const kept = JSON.stringify([body, await cloud.documents('sessions'), await cloud.calls()]);
    expect(kept).not.toContain(SESSION_KEY);
    expect(kept).not.toContain(FAKE_SECRET);
    expect(await cloud.documents('sessions')).toMatchObject([
      { ...LIN, unionid: 'union-lin', state: 'active' },
    ]);
  });

  test.each([
    ['invalid', 400],
    ['used', 400],
    ['blocked', 400],
    ['frequent', 429],
    ['busy', 503],
    ['wrong-appid', 503],
    ['wrong-secret', 503],
    ['html', 503],
    ['closed', 503],
  ])('with the provider saying "%s" is %s', async (code, expected) => {
    const login = { platform: 'wechat', appid: 'wx-app', code };
    const { status, body, headers } = await send('POST', '/v1/login', json(login));
    expect([status, body['status']]).toEqual([expected, expected]);
    expect(headers.get('retry-after') !== null).toBe(expected !== 400);
    expect(await cloud.documents('sessions')).toEqual([]);
    expect(wechat.requests).toHaveLength(1);
  });

  test('with a code that was used is refused', async () => {
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-once' };
    expect((await send('POST', '/v1/login', json(login))).status).toBe(200);
    expect((await send('POST', '/v1/login', json(login))).status).toBe(400);
  });

  test('asks the provider of the app: one OPENID at two providers is two people', async () => {
    await signIn('lin', 'wechat');
    await signIn('lin', 'qq');
    expect(qq.requests).toHaveLength(1);
    expect((await cloud.documents('sessions')).map(({ appid }) => appid).sort()).toEqual([
      'qq-app',
      'wx-app',
    ]);
  });

  test.each([
    [{}, 400],
    [{ platform: 'wechat', appid: 'wx-app' }, 400],
    [{ platform: 'wechat', appid: 'wx-other', code: 'lin' }, 400],
    [{ platform: 'qq', appid: 'wx-app', code: 'lin' }, 400],
    [{ platform: 'toString', appid: 'wx-app', code: 'lin' }, 400],
    [{ platform: 'wechat', appid: 'wx-app', code: { $ne: null } }, 400],
    [{ platform: 'wechat', appid: 'wx-app', code: 'x'.repeat(257) }, 400],
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    [{ padding: 'x'.repeat(9_000) }, 413],
  ])('with %j is refused, and asks nobody', async (body, status) => {
    expect((await send('POST', '/v1/login', json(body))).status).toBe(status);
    expect(wechat.requests).toEqual([]);
  });

  test('with a device that makes no sense is refused by its field', async () => {
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-x', device: { name: 7 } };
    const { status, body } = await send('POST', '/v1/login', json(login));
    expect([status, body['field']]).toEqual([400, 'device.name']);
  });

  test('is limited for one app, across instances, until the minute is over', async () => {
    const login = { platform: 'wechat', appid: 'wx-app', code: 'invalid' };
    const id = `app-${createHash('sha256').update(login.appid).digest('hex')}`;
    await countedBefore(id, 1_199);
    expect((await send('POST', '/v1/login', json(login))).status).toBe(400);
    await cloud.control({ killInstances: 'gateway' });
    const { status, headers, body } = await send('POST', '/v1/login', json(login));
    expect([status, body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(wechat.requests).toHaveLength(1);
    await cloud.control({ advanceClockMs: 60_000 });
    expect((await send('POST', '/v1/login', json(login))).status).toBe(400);
    expect(await cloud.documents('gateway_counters')).toMatchObject([{ _id: id, count: 1 }]);
  });

  test('is no business of the addresses that callers claim', async () => {
    const login = { platform: 'wechat', appid: 'wx-app', code: 'invalid' };
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.1' };
    await send('POST', '/v1/login', { body: JSON.stringify(login), headers });
    const counters = await cloud.documents('gateway_counters');
    expect(counters.map(({ _id }) => _id)).toEqual([expect.stringMatching(/^app-/)]);
  });
});

describe('one person over HTTP and by callFunction', () => {
  test('has one list, one limit, and signs out everywhere at once', async () => {
    const [byHttp, byCall] = [await signIn(), await signInByCall()];
    const { body } = await send('GET', '/v1/sessions', bearer(byHttp));
    expect(body['sessions']).toHaveLength(2);
    await signInByCall();
    await signIn();
    expect(await cloud.documents('sessions')).toHaveLength(3);
    expect((await send('GET', '/v1/session', bearer(byHttp))).status).toBe(401);

    const last = await signIn();
    const { body: ended } = await send('POST', '/v1/logout', {
      ...json({ scope: 'everywhere' }),
      headers: { authorization: `Bearer ${last}`, 'content-type': 'application/json' },
    });
    expect(ended['ended']).toBe(3);
    const check = await cloud.call('session', LIN, { action: 'check', sessionToken: byCall });
    expect(check).toMatchObject({ ok: false });
  });

  test('can be ended from the other side, which says when and by which device', async () => {
    const byCall = await signInByCall();
    const byHttp = await signIn();
    const id = await idOf(byCall);
    expect((await send('DELETE', `/v1/sessions/${id}`, bearer(byHttp))).body).toEqual({ ended: 1 });
    const check = await cloud.call('session', LIN, { action: 'check', sessionToken: byCall });
    expect(check).toMatchObject({ code: 'SESSION_REVOKED' });
  });
});

describe('a token', () => {
  test('checks in one operation, and is renewed in two', async () => {
    const token = await signIn();
    await send('GET', '/v1/session', bearer(token));
    expect((await cloud.lastCall()).operations.map(({ action }) => action)).toEqual([
      'getDocument',
    ]);
    await cloud.control({ advanceClockMs: 2 * 86_400_000 });
    await send('GET', '/v1/session', bearer(token));
    expect((await cloud.lastCall()).operations).toHaveLength(2);
  });

  test('that is bad in any way meets the same 401', async () => {
    const good = await signIn();
    await send('POST', '/v1/logout', bearer(good));
    const replaced = await signIn('zhou');
    for (let n = 0; n < 3; n++) await signIn('zhou');
    const [id = ''] = replaced.split('.');
    const bad = [
      {},
      bearer(good),
      bearer(replaced),
      bearer('nonsense'),
      bearer(`${id}.${'A'.repeat(43)}`),
      bearer('x'.repeat(300)),
      { headers: { authorization: BASIC } },
    ];
    const replies = await Promise.all(bad.map((init) => send('GET', '/v1/session', init)));
    const shown = replies.map(({ status, headers, body }) =>
      JSON.stringify([status, headers.get('www-authenticate'), body]),
    );
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).toContain('401');
    expect(shown[0]).toContain('Bearer error=');
  });

  test('in the address is refused, whether or not it is good', async () => {
    const token = await signIn();
    for (const name of ['access_token', 'token']) {
      expect((await send('GET', `/v1/session?${name}=${token}`, bearer(token))).status).toBe(400);
    }
  });

  test('ends no session of somebody else, and nobody learns whether there is one', async () => {
    const [lin, zhou] = [await signIn('lin'), await signIn('zhou')];
    const id = await idOf(zhou);
    expect((await send('DELETE', `/v1/sessions/${id}`, bearer(lin))).status).toBe(404);
    expect((await send('DELETE', '/v1/sessions/nobody', bearer(lin))).status).toBe(404);
    expect((await send('GET', '/v1/session', bearer(zhou))).status).toBe(200);
  });
});

describe('another backend', () => {
  test('learns who a token belongs to, and of a bad one nothing', async () => {
    const token = await signIn();
    const { body } = await send('POST', '/v1/introspect', asClient(token));
    expect(body).toMatchObject({ active: true, sub: 'openid-of-lin', client_id: 'wx-app' });
    expect(Number(body['exp']) - Number(body['iat'])).toBe(7 * 86_400);
    await send('POST', '/v1/revoke', asClient(token));
    for (const bad of [token, 'nonsense', '']) {
      expect((await send('POST', '/v1/introspect', asClient(bad))).body).toEqual({ active: false });
    }
  });

  test('ends a session, and may do so twice', async () => {
    const token = await signIn();
    for (let time = 0; time < 2; time++) {
      const { status, body } = await send('POST', '/v1/revoke', asClient(token));
      expect([status, body]).toEqual([200, {}]);
    }
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(401);
  });

  test.each([
    undefined,
    'Basic',
    `Basic ${Buffer.from(`${CLIENT.id}:wrong`).toString('base64')}`,
    `Basic ${Buffer.from(`:${CLIENT.secret}`).toString('base64')}`,
    'Bearer x',
  ])('that says %j is not believed', async (authorization) => {
    const token = await signIn();
    for (const path of ['/v1/introspect', '/v1/revoke']) {
      const headers = authorization === undefined ? {} : { authorization };
      const { status, headers: answered } = await send('POST', path, {
        body: new URLSearchParams({ token }),
        headers,
      });
      expect([status, answered.get('www-authenticate')]).toEqual([401, 'Basic realm="gateway"']);
    }
  });

  test('may use either of its two secrets, while one takes the place of the other', async () => {
    const token = await signIn();
    const next = basic(`${CLIENT.id}:${NEXT_SECRET}`);
    const { body } = await send('POST', '/v1/introspect', asClient(token, next));
    expect(body).toMatchObject({ active: true });
  });

  test('gets in while its secret is being guessed, which all instances count', async () => {
    const token = await signIn();
    await countedBefore('client-failures', 19);
    const guess = asClient(token, basic(`${CLIENT.id}:guessed`));
    expect((await send('POST', '/v1/introspect', guess)).status).toBe(401);
    const { status, headers } = await send('POST', '/v1/introspect', guess);
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await send('POST', '/v1/introspect', asClient(token))).status).toBe(200);
  });

  test('has to send a form with a token', async () => {
    const headers = { authorization: BASIC };
    const wrong = await send('POST', '/v1/introspect', {
      ...json({ token: 'x' }),
      headers: { ...headers, 'content-type': 'application/json' },
    });
    expect(wrong.status).toBe(415);
    const empty = await send('POST', '/v1/introspect', {
      body: new URLSearchParams(),
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(empty.status).toBe(400);
  });
});

describe('everything else', () => {
  test.each(['/', '/v1', '/v1/nothing', '/v2/login', '/v1/login/x', '/.env'])(
    '%s says nothing',
    async (path) => {
      const { status, body } = await send('GET', path);
      expect([status, body]).toEqual([
        404,
        { type: 'about:blank', title: 'Not found.', status: 404 },
      ]);
    },
  );

  test.each([
    ['GET', '/v1/login', 'POST'],
    ['POST', '/v1/session', 'GET, HEAD'],
    ['PUT', '/v1/sessions/x', 'DELETE'],
  ])('%s %s is not a method of it', async (method, path, allow) => {
    const response = await fetch(`${cloud.url}/http/gateway${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });

  test('it also answers behind a path of its own', async () => {
    const token = await signIn();
    const { status } = await send('GET', '/gateway/v1/session', bearer(token));
    expect(status).toBe(200);
  });

  test('the database being down is 503, and the session is good again afterwards', async () => {
    const token = await signIn();
    await cloud.control({ fault: { kind: 'databaseDown' } });
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(503);
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-down' };
    expect((await send('POST', '/v1/login', json(login))).status).toBe(503);
    await cloud.control({ fault: null });
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(200);
  });

  test('web pages may call only if they are configured', async () => {
    const event = (origin: string, httpMethod: string) => ({
      path: '/v1/session',
      httpMethod,
      headers: { origin },
      queryStringParameters: {},
      requestContext: {},
      body: '',
      isBase64Encoded: false,
    });
    const call = (origin: string, method: string): Promise<Answer> =>
      cloud.call('gateway', { source: 'wx_http' }, event(origin, method));
    expect(await call('https://a.example', 'OPTIONS')).toMatchObject({
      statusCode: 204,
      headers: { 'access-control-allow-origin': 'https://a.example' },
    });
    expect(await call('https://a.example', 'GET')).toMatchObject({
      statusCode: 401,
      headers: { 'access-control-allow-origin': 'https://a.example' },
    });
    const foreign = await call('https://b.example', 'GET');
    expect(foreign['headers']).not.toHaveProperty('access-control-allow-origin');
  });

  test.each([
    [{ openid: 'o', appid: 'wx-app', source: 'wx_client' }],
    [{ source: 'wx_client' }],
    [{ source: 'wx_trigger' }],
    [{ source: 'scf' }],
    [{ openid: 'o', source: 'wx_http' }],
  ])('a caller that is none of HTTP access gets nowhere: %j', async (caller) => {
    const token = await signIn();
    const event = {
      path: '/v1/session',
      httpMethod: 'GET',
      headers: { authorization: `Bearer ${token}` },
    };
    expect(await cloud.call('gateway', caller, event)).toMatchObject({ statusCode: 404 });
  });

  test('a call by a phone, on a runtime that clears no variables, locks nobody out of the instance', async () => {
    const token = await signIn();
    expect(await cloud.call('gateway', LIN, {})).toMatchObject({ statusCode: 404 });
    await cloud.control({ fault: { kind: 'staleIdentity' } });
    expect((await send('GET', '/v1/session', bearer(token))).status).toBe(200);
    const calls = (await cloud.calls()).filter((call) => call.function === 'gateway');
    expect(new Set(calls.map(({ instance }) => instance)).size).toBe(1);
  });

  test.each([null, 'text', [], {}, { path: 1 }, { path: '/', httpMethod: 'A B', headers: {} }])(
    'an event such as %j is answered, not thrown at',
    async (event) => {
      expect(await cloud.call('gateway', { source: 'wx_http' }, event)).toMatchObject({
        statusCode: 404,
      });
    },
  );
});

testWhere(hasCommands('sh', 'curl'))('the session in the README can be had by hand', async () => {
  const readme = readFileSync(`${root}/cloudfunctions/gateway/README.md`, 'utf8');
  const [, script = ''] = /By hand|by hand[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  const steps = script.split('\n\n').map((step) => {
    const lines = step.trim().split('\n');
    const answer = lines.at(-1)?.replace(/^# /, '') ?? '';
    return { command: lines.slice(0, -1).join('\n'), answer };
  });
  expect(steps).toHaveLength(5);
  let token = '';
  let id = '';
  for (const { command, answer } of steps) {
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', command.replace('CODE', 'lin-readme')],
      {
        env: {
          PATH: process.env['PATH'],
          GATEWAY_URL: `${cloud.url}/http/gateway`,
          TOKEN: token,
          CLIENT: `${CLIENT.id}:${CLIENT.secret}`,
        },
      },
    );
    const { sessionToken, session } = JSON.parse(stdout) as {
      sessionToken?: string;
      session?: { id: string };
    };
    token = sessionToken ?? token;
    id = session?.id ?? id;
    const [shown = '', hidden] = answer
      .replace('TOKEN', token)
      .replace('"ID"', `"${id}"`)
      .split('…');
    expect(stdout.startsWith(hidden === undefined ? shown : shown.replace(/,$/, ''))).toBe(true);
  }
});

test('every route of the document was asked for', () => {
  const all = Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect([...documented].sort()).toEqual(all.sort());
});
