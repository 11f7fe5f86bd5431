/** The sign-in of a web page by a phone, as the page and the phone go through it. */
import { describe, expect, test } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { deployedGateway } from '../../support/deployed-gateway';
import { LIN, ZHOU } from '../../support/people';
import { CHROME, SHOP, SITES, webSignIn } from '../../support/web-sign-in';

const gateway = deployedGateway(SITES);
const page = webSignIn(() => gateway.cloud);

const operations = async (): Promise<string[]> =>
  (await gateway.cloud.lastCall()).operations.map(({ action }) => action);
const grants = () => gateway.cloud.documents('device_grants');

describe('a client of the RFC', () => {
  // The local cloud has no TLS.
  // oxlint-disable-next-line typescript/no-deprecated
  const options = { [oauth.allowInsecureRequests]: true } as const;
  const client: oauth.Client = { client_id: SHOP.id };
  const server = (): oauth.AuthorizationServer => ({
    issuer: page.base(),
    device_authorization_endpoint: `${page.base()}/v1/device_authorization`,
    token_endpoint: `${page.base()}/v1/token`,
  });
  const poll = async (deviceCode: string) => {
    await gateway.cloud.control({ advanceClockMs: 5_000 });
    return oauth.processDeviceCodeResponse(
      server(),
      client,
      await oauth.deviceCodeGrantRequest(server(), client, oauth.None(), deviceCode, options),
    );
  };

  test('asks, waits, and gets the token of a session', async () => {
    const asked = await oauth.processDeviceAuthorizationResponse(
      server(),
      client,
      await oauth.deviceAuthorizationRequest(
        server(),
        client,
        oauth.None(),
        new URLSearchParams(),
        options,
      ),
    );
    expect(asked).toMatchObject({ expires_in: 300, interval: 5 });
    expect(asked.verification_uri_complete).toBe(
      `${asked.verification_uri}?user_code=${asked.user_code}`,
    );
    await expect(poll(asked.device_code)).rejects.toMatchObject({ error: 'authorization_pending' });
    const phone = await page.signIn();
    await page.authorize('approve', asked.user_code, phone);
    const token = await poll(asked.device_code);
    expect(token).toMatchObject({ token_type: 'bearer', expires_in: 86_400 });
    expect((await page.check(token.access_token)).status).toBe(200);
    await expect(poll(asked.device_code)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('is told of a denial', async () => {
    const { device_code, user_code } = await page.request();
    await page.authorize('deny', user_code, await page.signIn());
    await expect(poll(device_code)).rejects.toMatchObject({ error: 'access_denied' });
  });
});

describe('the phone', () => {
  test('sees who asks, and compares the code however it is typed', async () => {
    const { user_code } = await page.request();
    const phone = await page.signIn();
    const typed = ` ${user_code.toLowerCase().replace('-', ' ')} `;
    expect(await page.authorize('describe', typed, phone)).toEqual({
      ok: true,
      request: {
        site: { id: 'shop', name: '小店' },
        device: { name: 'Chrome', platform: 'windows' },
        createdAt: expect.any(Number),
        expiresAt: expect.any(Number),
      },
    });
  });

  test.each(['describe', 'approve', 'deny'] as const)(
    'is told why it can not %s a code',
    async (action) => {
      const phone = await page.signIn();
      const refused = (reason: string) => ({
        ok: false,
        code: 'INVALID_INPUT',
        detail: { field: 'userCode', reason },
      });
      expect(await page.authorize(action, 'BCDF-GHJK', phone)).toMatchObject(refused('unknown'));
      expect(await page.authorize(action, 'AAAA-1111', phone)).toMatchObject(refused('unknown'));
      const { user_code: decided } = await page.request();
      const other = await page.signIn(ZHOU);
      await page.authorize('approve', decided, other, ZHOU);
      expect(await page.authorize(action, decided, phone)).toMatchObject(refused('used'));
      const { user_code: late } = await page.request();
      await gateway.cloud.control({ advanceClockMs: 5 * 60_000 });
      expect(await page.authorize(action, late, phone)).toMatchObject(refused('expired'));
    },
  );

  test('may repeat what it did, when the reply was lost', async () => {
    const phone = await page.signIn();
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, phone);
    expect(await page.authorize('approve', user_code, phone)).toMatchObject({ approved: true });
    await page.poll(device_code);
    expect(await page.authorize('approve', user_code, phone)).toMatchObject({ approved: true });
    const { user_code: unwanted } = await page.request();
    await page.authorize('deny', unwanted, phone);
    expect(await page.authorize('deny', unwanted, phone)).toMatchObject({ denied: true });
    expect(await page.authorize('approve', unwanted, phone)).toMatchObject({ ok: false });
  });

  test('is not told that it let a page in which another session of it approved', async () => {
    const before = await page.signIn();
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, before);
    await gateway.cloud.call('logout', LIN, { sessionToken: before });
    const phone = await page.signIn();
    expect(await page.authorize('approve', user_code, phone)).toMatchObject({
      ok: false,
      detail: { field: 'userCode', reason: 'used' },
    });
    expect((await page.poll(device_code)).body).toMatchObject({ error: 'access_denied' });
  });

  test('guesses twenty times a minute, and keeps nobody else out', async () => {
    const [phone, other] = [await page.signIn(), await page.signIn(ZHOU)];
    const { user_code } = await page.request();
    await gateway.beginMinute();
    for (let n = 0; n < 20; n++) await page.authorize('describe', 'BCDF-GHJK', phone);
    for (const action of ['describe', 'approve', 'deny'] as const) {
      expect(await page.authorize(action, user_code, phone)).toMatchObject({
        code: 'TOO_MANY_ATTEMPTS',
        detail: { retryAt: expect.any(Number) },
      });
    }
    expect(await page.authorize('describe', user_code, other, ZHOU)).toMatchObject({ ok: true });
    await gateway.cloud.control({ advanceClockMs: 60_000 });
    expect(await page.authorize('approve', user_code, phone)).toMatchObject({ ok: true });
  });

  test.each([undefined, null, 7, { $ne: '' }, ['BCDFGHJK']])(
    'is refused when the code is %j',
    async (userCode) => {
      const sessionToken = await page.signIn();
      const data = { action: 'approve', userCode, sessionToken };
      expect(await gateway.cloud.call('authorize', LIN, data)).toMatchObject({
        code: 'INVALID_INPUT',
        detail: { field: 'userCode' },
      });
    },
  );
});

describe('a page that polls', () => {
  test('costs one read, and nothing when it comes too soon', async () => {
    const { device_code } = await page.request();
    await page.poll(device_code);
    expect(await operations()).toEqual(['getDocument']);
    expect((await page.pollNow(device_code)).body).toMatchObject({ error: 'slow_down' });
    expect(await operations()).toEqual([]);
    expect((await page.poll(device_code)).body).toMatchObject({ error: 'authorization_pending' });
  });

  test('is not slowed down by somebody who has only seen its user code', async () => {
    const { device_code } = await page.request();
    const [id] = device_code.split('.');
    await page.poll(`${id ?? ''}.${'A'.repeat(43)}`);
    expect((await page.pollNow(device_code)).body).toMatchObject({
      error: 'authorization_pending',
    });
  });

  test('gets one session, however many polls come at once', async () => {
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, await page.signIn());
    // Instances don't know of each other's polls.
    const replies = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        await gateway.cloud.control({ advanceClockMs: 5_000 });
        return page.pollNow(device_code);
      }),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await grants()).toMatchObject([{ state: 'redeemed' }]);
  });

  test('is told that its code has expired, approved or not', async () => {
    const [waiting, approved] = [await page.request(), await page.request()];
    await page.authorize('approve', approved.user_code, await page.signIn());
    await gateway.cloud.control({ advanceClockMs: 5 * 60_000 });
    for (const { device_code } of [waiting, approved]) {
      expect((await page.poll(device_code)).body).toMatchObject({ error: 'expired_token' });
    }
  });

  test('gets in though the phone approved in the last seconds, and has its time to come', async () => {
    const [soon, late] = [await page.request(), await page.request()];
    const phone = await page.signIn();
    await gateway.cloud.control({ advanceClockMs: 297_000 });
    for (const { user_code } of [soon, late]) {
      expect(await page.authorize('approve', user_code, phone)).toMatchObject({ approved: true });
    }
    expect((await page.poll(soon.device_code)).status).toBe(200);
    await gateway.cloud.control({ advanceClockMs: 5 * 60_000 });
    expect((await page.poll(late.device_code)).body).toMatchObject({ error: 'expired_token' });
  });

  test.each<[string, (phone: string) => Promise<unknown>]>([
    ['signed out', (phone) => gateway.cloud.call('logout', LIN, { sessionToken: phone })],
    [
      'signed out everywhere',
      (phone) => gateway.cloud.call('logout', LIN, { sessionToken: phone, scope: 'everywhere' }),
    ],
    [
      'deleted with its account',
      (phone) => gateway.cloud.call('account', LIN, { action: 'delete', sessionToken: phone }),
    ],
  ])('is turned away when the phone has been %s in between', async (_, end) => {
    const phone = await page.signIn();
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, phone);
    await end(phone);
    expect((await page.poll(device_code)).body).toMatchObject({ error: 'access_denied' });
    const live = await gateway.cloud.documents('sessions');
    expect(live.filter(({ state }) => state === 'active')).toEqual([]);
  });

  test('goes on when the database is back, and has lost nothing', async () => {
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, await page.signIn());
    await gateway.cloud.control({ fault: { kind: 'databaseDown' } });
    const { status, body, headers } = await page.poll(device_code);
    expect([status, body['error']]).toEqual([503, 'temporarily_unavailable']);
    const waitMs = 1_000 * Number(headers.get('retry-after'));
    await gateway.cloud.control({ fault: null, advanceClockMs: waitMs });
    // It is told no time at which it would be too soon.
    expect((await page.pollNow(device_code)).status).toBe(200);
  });
});

test('whichever operation of a redemption fails, the next poll gets the session', async () => {
  const phone = await page.signIn();
  const { device_code: first, user_code } = await page.request();
  await page.authorize('approve', user_code, phone);
  await page.poll(first);
  const actions = new Set(await operations());
  expect([...actions]).toEqual([
    'getDocument',
    'startTransaction',
    'modifyDocument',
    'commitTransaction',
  ]);
  for (const action of actions) {
    const { device_code, user_code } = await page.request();
    await page.authorize('approve', user_code, phone);
    await gateway.cloud.control({ fault: { kind: 'databaseDown', action } });
    expect([action, (await page.poll(device_code)).status]).toEqual([action, 503]);
    await gateway.cloud.control({ fault: null });
    expect([action, (await page.poll(device_code)).status]).toEqual([action, 200]);
  }
  const active = (await gateway.cloud.documents('sessions')).filter(({ client }) => client);
  expect(active).toHaveLength(1);
});

describe('the page behind the QR code', () => {
  const open = (query: string) => fetch(`${page.base()}/v1/device${query}`, { redirect: 'manual' });

  test('shows the code, and nothing else that an address says', async () => {
    const shown = await (await open('?user_code=bcdf-ghjk')).text();
    expect(shown).toContain('BCDF-GHJK');
    for (const bad of ['<script>alert(1)</script>', 'https://evil.example', '"><b>']) {
      const query = new URLSearchParams({ user_code: bad, redirect_uri: bad, next: bad });
      const response = await open(`?${query.toString()}`);
      expect([response.status, response.headers.get('location')]).toEqual([200, null]);
      expect(await response.text()).not.toContain(bad);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});

test('what is asked from a browser is named by it, and by nothing that it can not be', async () => {
  await page.post('/v1/device_authorization', { client_id: SHOP.id }, { 'user-agent': CHROME });
  await page.post('/v1/device_authorization', { client_id: SHOP.id }, { 'user-agent': 'x{$ne}' });
  expect((await grants()).map(({ device }) => device)).toEqual([
    { name: 'Chrome', platform: 'windows' },
    { name: '', platform: '' },
  ]);
});
