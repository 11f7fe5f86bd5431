/** What the gateway logs: one line for every request to a route, however it ends. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import { basic, bearer, CLIENT, TestGateway, type GatewayAnswer } from '../../support/gateway';

const PSEUDONYM = expect.stringMatching(/^[0-9a-f]{16}$/);
const WRONG = { headers: { authorization: basic(`billing:${'guessed'.repeat(5)}`) } };
const USED_CODE = 'code-of-lin-that-nobody-may-read';

let gateway: TestGateway;
let token: string;

beforeEach(async () => {
  gateway = new TestGateway({
    policy: { sessionsPerUser: 3, loginsPerMinute: 5 },
    exchangeCode: (_app, code) => {
      if (code === 'bad') return Promise.resolve({ ok: false, reason: 'bad', errcode: 40029 });
      if (code === 'secret')
        return Promise.resolve({ ok: false, reason: 'misconfigured', errcode: 40125 });
      return Promise.resolve({ ok: true, openid: code });
    },
  });
  token = await gateway.signIn(USED_CODE);
  gateway.lines.length = 0;
});

type Act = () => Promise<GatewayAnswer>;
const times = async (count: number, act: Act): Promise<GatewayAnswer> => {
  for (let n = 1; n < count; n++) await act();
  gateway.lines.length = 0;
  return act();
};

const cases: [string, Act, object][] = [
  [
    'a sign-in',
    () => gateway.login(USED_CODE),
    { action: 'login', outcome: 'ok', user: PSEUDONYM, session: PSEUDONYM },
  ],
  [
    'a sign-in with a bad code',
    () => gateway.login('bad'),
    {
      action: 'login',
      outcome: 'refused',
      code: 'INVALID_INPUT',
      field: 'code',
      error: 'wechat says bad, errcode 40029',
    },
  ],
  [
    'a sign-in with the wrong secret of the app',
    () => gateway.login('secret'),
    { action: 'login', outcome: 'failed', code: 'UNAVAILABLE', error: /errcode 40125/ },
  ],
  [
    'signing in too often',
    () => times(6, () => gateway.login(USED_CODE)),
    { action: 'login', outcome: 'refused', code: 'TOO_MANY_ATTEMPTS', user: PSEUDONYM },
  ],
  [
    'too many codes',
    () => times(31, () => gateway.login('bad', {}, { requestContext: { sourceIp: '192.0.2.1' } })),
    { action: 'login', outcome: 'refused', code: 'TOO_MANY_ATTEMPTS' },
  ],
  [
    'a check',
    () => gateway.check(token),
    { action: 'check', outcome: 'ok', user: PSEUDONYM, session: PSEUDONYM },
  ],
  [
    'a token of nobody',
    () => gateway.check('nonsense'),
    { action: 'check', outcome: 'refused', code: 'SESSION_MISSING' },
  ],
  [
    'no token',
    () => gateway.send({ path: '/v1/sessions' }),
    { action: 'list', outcome: 'refused', code: 'SESSION_MISSING' },
  ],
  [
    // The log may know why; the bearer learns nothing.
    'a token that has expired',
    () => {
      gateway.now += defaultPolicy.idleLifetimeMs;
      return gateway.check(token);
    },
    { action: 'check', outcome: 'refused', code: 'SESSION_EXPIRED', session: PSEUDONYM },
  ],
  [
    'a token in the address',
    () => gateway.send({ path: '/v1/session', query: { token }, headers: bearer(token) }),
    { action: 'check', outcome: 'refused', code: 'INVALID_INPUT', field: 'token' },
  ],
  [
    'a token in the address by another name',
    () => gateway.send({ path: '/v1/session', query: { SessionToken: token } }),
    { action: 'check', outcome: 'refused', code: 'INVALID_INPUT', field: 'SessionToken' },
  ],
  [
    'a sign-out',
    () => gateway.logout(token),
    { action: 'logout', outcome: 'ok', ended: 1, session: PSEUDONYM },
  ],
  [
    'a sign-out everywhere',
    () => gateway.logout(token, { scope: 'everywhere' }),
    { action: 'logout-everywhere', outcome: 'ok', ended: 1, user: PSEUDONYM },
  ],
  [
    'a sign-out by a token that is not good',
    () => gateway.logout('nonsense'),
    { action: 'logout', outcome: 'refused', code: 'SESSION_MISSING' },
  ],
  [
    'ending a session of nobody',
    () => gateway.send({ method: 'DELETE', path: '/v1/sessions/x', headers: bearer(token) }),
    { action: 'revoke', outcome: 'refused', code: 'SESSION_MISSING', field: 'sessionId' },
  ],
  [
    'an introspection of a good token',
    () => gateway.ask('/v1/introspect', token),
    { action: 'introspect', outcome: 'ok', active: true, user: PSEUDONYM, session: PSEUDONYM },
  ],
  [
    'an introspection of another',
    () => gateway.ask('/v1/introspect', 'nonsense'),
    { action: 'introspect', outcome: 'ok', active: false },
  ],
  [
    'a revocation',
    () => gateway.ask('/v1/revoke', token),
    { action: 'revoke-token', outcome: 'ok', ended: 1, session: PSEUDONYM },
  ],
  [
    'a wrong secret',
    () => gateway.ask('/v1/introspect', token, WRONG),
    { action: 'introspect', outcome: 'refused', code: 'NO_IDENTITY' },
  ],
  [
    'too many wrong secrets',
    () => times(21, () => gateway.ask('/v1/revoke', token, WRONG)),
    { action: 'revoke-token', outcome: 'refused', code: 'TOO_MANY_ATTEMPTS' },
  ],
  [
    'a body of another type',
    () => gateway.send({ method: 'POST', path: '/v1/login', body: '<xml/>' }),
    { action: 'login', outcome: 'refused', code: 'INVALID_INPUT', field: 'content-type' },
  ],
  [
    'a body that is too large',
    () => gateway.login('x'.repeat(9_000)),
    { action: 'login', outcome: 'refused', code: 'INVALID_INPUT', field: 'content-length' },
  ],
  [
    'a path that there is not',
    () => gateway.send({ path: `/v1/sessions/${token}/nowhere` }),
    { outcome: 'refused', code: 'INVALID_INPUT', field: 'path' },
  ],
  [
    'a method that the path does not have',
    () => gateway.send({ method: 'PUT', path: '/v1/login' }),
    { outcome: 'refused', code: 'INVALID_INPUT', field: 'method' },
  ],
  [
    'an event that is no request',
    () => gateway.send({ method: 'NOT A METHOD', path: '/v1/session' }),
    { outcome: 'refused', code: 'INVALID_INPUT', field: 'event' },
  ],
  [
    'a database that is down',
    () => {
      gateway.store.find = () =>
        Promise.reject(Object.assign(new Error('no answer'), { errCode: -501001 }));
      return gateway.check(token);
    },
    { action: 'check', outcome: 'failed', code: 'UNAVAILABLE', error: /no answer/ },
  ],
];

describe('the log tells of', () => {
  test.each(cases)('%s', async (_name, act, expected) => {
    await act();
    expect(gateway.lines).toHaveLength(1);
    const told = Object.fromEntries(
      Object.entries(expected).map(([name, value]: [string, unknown]): [string, unknown] => [
        name,
        value instanceof RegExp ? expect.stringMatching(value) : value,
      ]),
    );
    expect(gateway.lastLine()).toMatchObject({
      event: 'gateway',
      durationMs: expect.any(Number),
      ...told,
    });
    const secrets = [token, token.split('.')[1] ?? '', USED_CODE, CLIENT.secret, 'guessed'];
    for (const secret of secrets) expect(gateway.lines.join()).not.toContain(secret);
  });

  test('people and sessions by the same names in every line', async () => {
    await gateway.check(token);
    const { user, session } = gateway.lastLine();
    await gateway.ask('/v1/introspect', token);
    expect(gateway.lastLine()).toMatchObject({ user, session });
    await gateway.logout(token);
    expect(gateway.lastLine()).toMatchObject({ session });
  });
});
