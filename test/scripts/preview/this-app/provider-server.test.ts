import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ProviderServer } from '../../../../scripts/preview/app/provider-server';
import { startProvider } from '../../../../scripts/preview/this-app/provider-server';

let provider: ProviderServer;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

/** As the gateway asks, with what it is told by its variables. */
async function exchange(code: string, changes: Record<string, string> = {}): Promise<unknown> {
  const { GATEWAY_QQ_URL, GATEWAY_QQ_APPID, GATEWAY_QQ_SECRET } =
    provider.functionVariables['gateway'] ?? {};
  const query = new URLSearchParams({
    appid: GATEWAY_QQ_APPID ?? '',
    secret: GATEWAY_QQ_SECRET ?? '',
    js_code: code,
    ...changes,
  });
  const reply = await fetch(`${GATEWAY_QQ_URL}/sns/jscode2session?${query.toString()}`);
  return reply.json();
}

describe('the provider’s server', () => {
  test('exchanges a login code for its person, once', async () => {
    const code = provider.issueCode('o1');
    expect(await exchange(code)).toMatchObject({ openid: 'o1' });
    expect(await exchange(code)).toMatchObject({ errcode: 40029 });
  });

  test('knows no other codes', async () => {
    expect(await exchange('o1')).toMatchObject({ errcode: 40029 });
  });

  test.each([{ secret: 'wrong' }, { appid: 'wrong' }])(
    'refuses %j, and the code stays good',
    async (changes) => {
      const code = provider.issueCode('o2');
      expect(await exchange(code, changes)).toMatchObject({ errcode: 40125 });
      expect(await exchange(code)).toMatchObject({ openid: 'o2' });
    },
  );
});
