/**
 * The function as the cloud calls it: who gets in, where a request comes from, and what every reply
 * carries.
 */
import { describe, expect, test } from '@jest/globals';
import { bearer, gatewayConfig, TestGateway } from '../../support/gateway';
import { LIN, wxContextOf } from '../../support/people';

/** What a call from a phone left in the variables of the process, on a runtime that clears none. */
const LEFT_OVER = wxContextOf(LIN);
const OWN = { TCB_SOURCE: 'wx_http', TCB_SEQID: 's' };
const PHONE = { TCB_SOURCE: 'wx_client', WX_OPENID: LIN.openid, WX_APPID: LIN.appid };
const json = (variables: object) => ({ environment: JSON.stringify(variables) });
const environ = (variables: object) => ({
  environ: Object.entries(variables)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(';'),
});

describe('who gets in', () => {
  const statusWith = async (wxContext: object, context: unknown): Promise<number> => {
    const gateway = new TestGateway({ wxContext: () => ({ ...wxContext }) });
    return (await gateway.send({ path: '/v1/session', context })).status;
  };

  test.each([
    ['newer', json(OWN)],
    ['older', environ(OWN)],
    ['newer, that says nothing of a source', json({ TCB_SEQID: 's' })],
  ])(
    'HTTP does, whatever another call has left, on a runtime that is %s',
    async (_name, context) => {
      expect(await statusWith(LEFT_OVER, context)).toBe(401);
    },
  );

  test.each([
    ['newer', json(PHONE)],
    ['older', environ(PHONE)],
    ['newer, in a chain', json({ TCB_SOURCE: 'wx_client,scf' })],
    ['newer, a timer', json({ TCB_SOURCE: 'wx_trigger' })],
    ['newer, with an OPENID alone', json({ TCB_SOURCE: 'wx_http', WX_OPENID: 'o' })],
  ])(
    'another caller does not, whatever HTTP has left, on a runtime that is %s',
    async (_name, context) => {
      expect(await statusWith({ SOURCE: 'wx_http' }, context)).toBe(404);
    },
  );

  test.each([undefined, null, {}, { environment: '{' }, { environ: 7 }, { environment: 'null' }])(
    'the variables of the process count where those of the call can’t be read: %j',
    async (context) => {
      expect(await statusWith(LEFT_OVER, context)).toBe(404);
      expect(await statusWith({ SOURCE: 'wx_client' }, context)).toBe(404);
      expect(await statusWith({ OPENID: 'o' }, context)).toBe(404);
      expect(await statusWith({ SOURCE: 'wx_http' }, context)).toBe(401);
    },
  );

  test('whoever does not is in the log', async () => {
    const gateway = new TestGateway({ wxContext: () => LEFT_OVER });
    await gateway.send({ path: '/v1/session' });
    expect(gateway.lastLine()).toMatchObject({ event: 'gateway', code: 'NO_IDENTITY' });
  });
});

describe('where a request comes from', () => {
  const claims = (n: number) => ({
    'x-forwarded-for': `203.0.113.${String(n)}`,
    'x-real-ip': `203.0.113.${String(n)}`,
  });
  const statuses = async (
    count: number,
    gateway: TestGateway,
    request: (n: number) => object,
  ): Promise<number[]> => {
    const all = [];
    for (let n = 0; n < count; n++)
      all.push((await gateway.login(`person-${String(n)}`, {}, request(n))).status);
    return all;
  };

  test('on the documented event one person at 31 requests a minute locks nobody out', async () => {
    const gateway = new TestGateway();
    expect(new Set(await statuses(40, gateway, () => ({})))).toEqual(new Set([200]));
  });

  test('is what the cloud tells, however the caller changes its claims', async () => {
    const gateway = new TestGateway();
    const from = (n: number) => ({
      headers: claims(n),
      requestContext: { sourceIp: '198.51.100.1' },
    });
    expect((await statuses(31, gateway, from)).at(-1)).toBe(429);
    const other = { headers: claims(0), requestContext: { sourceIp: '198.51.100.2' } };
    expect((await gateway.login('zhou', {}, other)).status).toBe(200);
  });

  test('a caller can’t use up the limit of others by claiming to be them', async () => {
    const gateway = new TestGateway();
    await statuses(40, gateway, () => ({ headers: claims(1) }));
    const victim = { headers: claims(1) };
    expect((await gateway.login('zhou', {}, victim)).status).toBe(200);
  });

  test('is in the header that is configured', async () => {
    const gateway = new TestGateway({ config: gatewayConfig({ addressHeader: 'x-real-ip' }) });
    expect((await statuses(31, gateway, () => ({ headers: claims(1) }))).at(-1)).toBe(429);
    expect((await gateway.login('zhou', {}, { headers: claims(2) })).status).toBe(200);
  });
});

test('a header that no request can have says nothing to anybody', async () => {
  const gateway = new TestGateway();
  const token = await gateway.signIn('lin');
  const headers = { ...bearer(token), 'x-city': '上海', 'not a header': 'x' };
  expect((await gateway.send({ path: '/v1/session', headers })).status).toBe(200);
});

describe('every reply', () => {
  test.each([
    ['of a route', (gateway: TestGateway) => gateway.login('lin')],
    ['that refuses', (gateway: TestGateway) => gateway.check('nonsense')],
    ['to an unknown path', (gateway: TestGateway) => gateway.send({ path: '/nowhere' })],
    ['to a wrong method', (gateway: TestGateway) => gateway.send({ path: '/v1/login' })],
    ['to a body that is too large', (gateway: TestGateway) => gateway.login('x'.repeat(9_000))],
  ])('%s is kept by nobody, taken for what it says, and for HTTPS', async (_name, act) => {
    const { headers } = await act(new TestGateway());
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}$/),
    });
  });

  test('of a failure carries its code; that to a path which is not there has none', async () => {
    const gateway = new TestGateway();
    const token = await gateway.signIn('lin');
    const headers = bearer(token);
    const nowhere = await gateway.send({ path: '/v1/nowhere', headers });
    expect([nowhere.status, nowhere.body]).toEqual([
      404,
      { type: 'about:blank', title: 'Not found.', status: 404 },
    ]);
    const noSession = await gateway.send({ method: 'DELETE', path: '/v1/sessions/x', headers });
    expect([noSession.status, noSession.body]).toMatchObject([
      404,
      { code: 'SESSION_MISSING', field: 'sessionId' },
    ]);
  });
});

describe('a web page', () => {
  const ORIGIN = 'https://a.example';
  const gateway = () => new TestGateway({ config: gatewayConfig({ corsOrigins: [ORIGIN] }) });
  const allowed = (headers: Record<string, string>): unknown =>
    headers['access-control-allow-origin'];

  test('that is configured may call, and sees when to try again', async () => {
    for (const method of ['OPTIONS', 'GET']) {
      const { status, headers } = await gateway().send({
        method,
        path: '/v1/session',
        headers: { origin: ORIGIN },
      });
      expect([status, allowed(headers)]).toEqual([method === 'GET' ? 401 : 204, ORIGIN]);
      expect(headers['access-control-expose-headers']).toContain('Retry-After');
      expect(headers['vary']).toContain('Origin');
    }
  });

  test.each([
    [400, { method: 'POST', path: '/v1/login' }],
    [404, { path: '/nowhere' }],
    [405, { method: 'PUT', path: '/v1/login' }],
    [413, { method: 'POST', path: '/v1/login', body: 'x'.repeat(9_000) }],
    [413, { method: 'DELETE', path: '/v1/sessions/x', body: 'x'.repeat(9_000) }],
    [415, { method: 'POST', path: '/v1/login', body: '{}' }],
  ])('sees why it was refused: %i, %j', async (expected, request) => {
    const { status, headers, body } = await gateway().send({
      ...request,
      headers: { origin: ORIGIN },
    });
    expect([status, allowed(headers), body['status']]).toEqual([expected, ORIGIN, expected]);
  });

  test.each([
    'https://a.example.evil.example',
    'https://a.examples',
    'https://a.exampl',
    'https://b.a.example',
    'http://a.example',
    'https://a.example:8443',
    'HTTPS://A.EXAMPLE/',
    'null',
    '',
  ])('of %s may not', async (origin) => {
    for (const method of ['OPTIONS', 'GET']) {
      const request = { method, path: '/v1/session', headers: { origin } };
      expect(allowed((await gateway().send(request)).headers)).toBeUndefined();
      expect(allowed((await new TestGateway().send(request)).headers)).toBeUndefined();
    }
  });
});
