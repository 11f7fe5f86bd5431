/** What the two endpoints for web pages refuse. */
import { describe, expect, test } from '@jest/globals';
import { deployedGateway, json } from '../../support/deployed-gateway';
import { SHOP, SITES, webSignIn } from '../../support/web-sign-in';

const gateway = deployedGateway(SITES);
const page = webSignIn(() => gateway.cloud);
const grants = () => gateway.cloud.documents('device_grants');

describe('a request that is wrong', () => {
  test.each<[string, Record<string, string>, string]>([
    ['an unknown site', { client_id: 'nobody' }, 'invalid_client'],
    ['another site of the gateway', { client_id: 'cinema' }, 'unauthorized_client'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a code of another form', { device_code: 'abc' }, 'invalid_grant'],
    ['an operator', { device_code: '{"$ne":""}' }, 'invalid_grant'],
  ])('with %s is refused', async (_, changes, error) => {
    const { device_code } = await page.request();
    const { status, body } = await page.poll(device_code, changes);
    expect([status, body['error']]).toEqual([400, error]);
  });

  // RFC 6749, section 3.2: as if it were left out.
  test.each(['client_id', 'grant_type', 'device_code'])(
    'with an empty %s is refused',
    async (name) => {
      const { device_code } = await page.request();
      const { status, body } = await page.poll(device_code, { [name]: '' });
      expect([status, body['error']]).toEqual([400, 'invalid_request']);
    },
  );

  test.each<[string, Record<string, string>, number, string]>([
    ['says which field is missing', {}, 400, 'invalid_request'],
    [
      'refuses a client with a secret as one',
      { authorization: 'Basic c2hvcDp4' },
      401,
      'invalid_client',
    ],
  ])('%s', async (_, headers, expected, error) => {
    for (const path of ['/v1/device_authorization', '/v1/token']) {
      const reply = await page.post(path, {}, headers);
      expect([reply.status, reply.body['error']]).toEqual([expected, error]);
      expect(String(reply.body['error_description'])).toContain('client_id');
      const challenge = expected === 401 ? 'Basic realm="gateway"' : null;
      expect(reply.headers.get('www-authenticate')).toBe(challenge);
    }
  });

  test('leaves the request as it was', async () => {
    const { device_code, user_code } = await page.request();
    const phone = await page.signIn();
    await page.authorize('approve', user_code, phone);
    await page.poll(device_code, { client_id: 'cinema' });
    await page.poll(device_code.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')));
    expect((await page.poll(device_code)).status).toBe(200);
  });

  test('from a foreign origin is refused, and no browser lets it read the answer', async () => {
    const form = { client_id: SHOP.id };
    const { device_code } = await page.request();
    const poll = {
      ...form,
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code,
    };
    for (const origin of ['https://evil.example', 'null', 'https://shop.example.evil.example']) {
      for (const [path, body] of [
        ['/v1/device_authorization', form],
        ['/v1/token', poll],
      ] as const) {
        const reply = await page.post(path, body, { origin });
        expect(reply.body).toMatchObject({ error: 'unauthorized_client' });
        expect(reply.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
    const { headers } = await page.post('/v1/device_authorization', form);
    expect(headers.get('access-control-allow-origin')).toBe(SHOP.origin);
    expect(await grants()).toHaveLength(2);
  });

  test('with a field twice, none, or as JSON is refused', async () => {
    const twice: [string, string][] = [
      ['client_id', SHOP.id],
      ['client_id', 'cinema'],
    ];
    expect((await page.post('/v1/device_authorization', twice)).body).toMatchObject({
      error: 'invalid_request',
    });
    expect((await page.post('/v1/device_authorization', {})).body).toMatchObject({
      error: 'invalid_request',
    });
    const response = await fetch(`${page.base()}/v1/device_authorization`, {
      method: 'POST',
      ...json({ client_id: SHOP.id }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: 'invalid_request' },
    ]);
    expect(await grants()).toEqual([]);
  });
});

test('a site asks 1,200 times a minute; another one goes on', async () => {
  await gateway.countedBefore('site-shop', 1_200);
  const full = await page.post('/v1/device_authorization', { client_id: SHOP.id });
  expect([full.status, full.body['error']]).toEqual([429, 'temporarily_unavailable']);
  expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(0);
  const origin = 'https://cinema.example';
  const other = await page.post('/v1/device_authorization', { client_id: 'cinema' }, { origin });
  expect(other.status).toBe(200);
});
