/** Asking the platform about a code, over HTTP. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createExchangeCode } from '../../../cloudfunctions/gateway/exchange-code';
import type { GatewayApp } from '../../../cloudfunctions/gateway/gateway-config';
import { FAKE_SECRET, startFakePlatform, type FakePlatform } from '../../support/fake-provider';

let platform: FakePlatform;
const APP: GatewayApp = { platform: 'wechat', appid: 'wx-app', secret: FAKE_SECRET };

beforeAll(async () => {
  platform = await startFakePlatform();
});
afterAll(() => platform.close());
beforeEach(() => {
  platform.requests.length = 0;
});

const exchange = (code: string, timeoutMs?: number) =>
  createExchangeCode({ urls: { wechat: platform.url, qq: platform.url } }, timeoutMs)(APP, code);

test('tells who the code is of, and nothing of the session key', async () => {
  expect(await exchange('lin-1')).toEqual({
    ok: true,
    openid: 'openid-of-lin',
    unionid: 'union-lin',
  });
});

test('gives up a platform that does not answer, and never sends the code again', async () => {
  expect(await exchange('silent', 50)).toMatchObject({ ok: false, reason: 'busy' });
  expect(platform.requests).toHaveLength(1);
});

test('follows no redirect: the secret would go along', async () => {
  expect(await exchange('redirected')).toMatchObject({ ok: false, reason: 'busy' });
  expect(platform.requests.map((query) => query.get('js_code'))).toEqual(['redirected']);
});
