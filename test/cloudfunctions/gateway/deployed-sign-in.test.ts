import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { json, deployedGateway } from '../../support/deployed-gateway';
import { FAKE_SECRET, SESSION_KEY } from '../../support/fake-provider';
import { LIN } from '../../support/people';

const gateway = deployedGateway();
const { send, signIn, countedBefore } = gateway;

describe('signing in with a code', () => {
  test('issues the session that login would, and keeps no session key', async () => {
    const device = { name: 'iPhone 15', platform: 'ios' };
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-0', device };
    const { status, body } = await send('POST', '/v1/login', json(login));
    expect([status, body]).toEqual([
      200,
      { sessionToken: expect.any(String), session: expect.objectContaining({ device }) },
    ]);
    expect(Object.fromEntries(gateway.requestsOf('wechat')[0] ?? [])).toEqual({
      appid: 'wx-app',
      secret: FAKE_SECRET,
      js_code: 'lin-0',
      grant_type: 'authorization_code',
    });
    const kept = JSON.stringify([
      body,
      await gateway.cloud.documents('sessions'),
      await gateway.cloud.calls(),
    ]);
    expect(kept).not.toContain(SESSION_KEY);
    expect(kept).not.toContain(FAKE_SECRET);
    expect(await gateway.cloud.documents('sessions')).toMatchObject([
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
    expect(await gateway.cloud.documents('sessions')).toEqual([]);
    expect(gateway.requestsOf('wechat')).toHaveLength(1);
  });

  test('with a code that was used is refused', async () => {
    const login = { platform: 'wechat', appid: 'wx-app', code: 'lin-once' };
    expect((await send('POST', '/v1/login', json(login))).status).toBe(200);
    expect((await send('POST', '/v1/login', json(login))).status).toBe(400);
  });

  test('asks the provider of the app: one OPENID at two providers is two people', async () => {
    await signIn('lin', 'wechat');
    await signIn('lin', 'qq');
    expect(gateway.requestsOf('qq')).toHaveLength(1);
    expect((await gateway.cloud.documents('sessions')).map(({ appid }) => appid).sort()).toEqual([
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
    expect(gateway.requestsOf('wechat')).toEqual([]);
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
    await gateway.cloud.control({ killInstances: 'gateway' });
    const { status, headers, body } = await send('POST', '/v1/login', json(login));
    expect([status, body['code']]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(gateway.requestsOf('wechat')).toHaveLength(1);
    await gateway.cloud.control({ advanceClockMs: 60_000 });
    expect((await send('POST', '/v1/login', json(login))).status).toBe(400);
    expect(await gateway.cloud.documents('gateway_counters')).toMatchObject([
      { _id: id, count: 1 },
    ]);
  });

  test('is no business of the addresses that callers claim', async () => {
    const login = { platform: 'wechat', appid: 'wx-app', code: 'invalid' };
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.1' };
    await send('POST', '/v1/login', { body: JSON.stringify(login), headers });
    const counters = await gateway.cloud.documents('gateway_counters');
    expect(counters.map(({ _id }) => _id)).toEqual([expect.stringMatching(/^app-/)]);
  });
});
