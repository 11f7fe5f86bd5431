/** Asking the provider about a code, over HTTP. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createExchangeCode } from '../../../cloudfunctions/gateway/exchange-code';
import type { GatewayApp } from '../../../cloudfunctions/gateway/gateway-config';
import { FAKE_SECRET, startFakeProvider, type FakeProvider } from '../../support/fake-provider';
import { LIN } from '../../support/people';

let provider: FakeProvider;
const APP: GatewayApp = { provider: 'wechat', appid: 'wx-app', secret: FAKE_SECRET };

beforeAll(async () => {
  provider = await startFakeProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.requests.length = 0;
});

const exchange = (code: string, timeoutMs?: number) =>
  createExchangeCode({ urls: { wechat: provider.url, qq: provider.url } }, timeoutMs)(APP, code);

test('tells who the code is of, and nothing of the session key', async () => {
  expect(await exchange('lin-1')).toEqual({
    ok: true,
    openid: LIN.openid,
    unionid: 'union-lin',
  });
});

test('gives up a provider that does not answer, and never sends the code again', async () => {
  // Long enough for the request to arrive, however busy the machine is.
  expect(await exchange('silent', 1_000)).toMatchObject({ ok: false, reason: 'busy' });
  expect(provider.requests).toHaveLength(1);
});

test('follows no redirect: the secret would go along', async () => {
  expect(await exchange('redirected')).toMatchObject({ ok: false, reason: 'busy' });
  expect(provider.requests.map((query) => query.get('js_code'))).toEqual(['redirected']);
});
