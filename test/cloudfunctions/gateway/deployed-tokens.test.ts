import { describe, expect, test } from '@jest/globals';
import {
  asClient,
  BASIC,
  bearer,
  json,
  NEXT_SECRET,
  deployedGateway,
} from '../../support/deployed-gateway';
import { documentedRoutes, WEB_SIGN_IN_ROUTES } from '../../support/documented-replies';
import { basic, CLIENT } from '../../support/gateway';
import { LIN } from '../../support/people';

const gateway = deployedGateway();
const { send, signIn, signInByCall, idOf, countedBefore } = gateway;

describe('one person over HTTP and by callFunction', () => {
  test('has one list, one limit, and signs out everywhere at once', async () => {
    const [byHttp, byCall] = [await signIn(), await signInByCall()];
    const { body } = await send('GET', '/v1/sessions', bearer(byHttp));
    expect(body['sessions']).toHaveLength(2);
    await signInByCall();
    await signIn();
    expect(await gateway.cloud.documents('sessions')).toHaveLength(3);
    expect((await send('GET', '/v1/session', bearer(byHttp))).status).toBe(401);

    const last = await signIn();
    const { body: ended } = await send('POST', '/v1/logout', {
      ...json({ scope: 'everywhere' }),
      headers: { authorization: `Bearer ${last}`, 'content-type': 'application/json' },
    });
    expect(ended['ended']).toBe(3);
    const check = await gateway.cloud.call('session', LIN, {
      action: 'check',
      sessionToken: byCall,
    });
    expect(check).toMatchObject({ ok: false });
  });

  test('can be ended from the other side, which says when and by which device', async () => {
    const byCall = await signInByCall();
    const byHttp = await signIn();
    const id = await idOf(byCall);
    expect((await send('DELETE', `/v1/sessions/${id}`, bearer(byHttp))).body).toEqual({ ended: 1 });
    const check = await gateway.cloud.call('session', LIN, {
      action: 'check',
      sessionToken: byCall,
    });
    expect(check).toMatchObject({ code: 'SESSION_REVOKED' });
  });
});

describe('a token', () => {
  test('checks in one operation, and is renewed in two', async () => {
    const token = await signIn();
    await send('GET', '/v1/session', bearer(token));
    expect((await gateway.cloud.lastCall()).operations.map(({ action }) => action)).toEqual([
      'getDocument',
    ]);
    await gateway.cloud.control({ advanceClockMs: 2 * 86_400_000 });
    await send('GET', '/v1/session', bearer(token));
    expect((await gateway.cloud.lastCall()).operations).toHaveLength(2);
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
    expect(body).toMatchObject({ active: true, sub: LIN.openid, client_id: LIN.appid });
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

test('every route of the document was asked for', () => {
  const { asked, all } = documentedRoutes();
  expect(asked).toEqual(all.filter((route) => !WEB_SIGN_IN_ROUTES.includes(route)));
});
