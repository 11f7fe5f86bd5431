/** `freshWithinMs` of `withSession`, as functions of other projects take it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { root } from '../../../../scripts/project/root';
import { openFixtureCloud, type FixtureCloud } from '../../../support/fixture-functions';
import { LIN } from '../../../support/people';

const MINUTE_MS = 60_000;
let cloud: FixtureCloud;

/** Resolves to code that declares `withSession`. The SDK is asked for by name, as a fixture does it. */
async function libraryCode(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}/cloudfunctions/shared/session/library.ts`],
    bundle: true,
    platform: 'node',
    format: 'iife',
    globalName: 'library',
    external: ['wx-server-sdk'],
    write: false,
  });
  const code = outputFiles.map(({ text }) => text).join('');
  return `${code.replaceAll('"wx-server-sdk"', "'wx-server-sdk'")}
    const { withSession } = library;`;
}

beforeAll(async () => {
  const library = await libraryCode();
  cloud = await openFixtureCloud(
    {
      login: { code: `module.exports = require('${root}/dist/cloudfunctions/login/index.js');` },
      pay: {
        code: `
          ${library}
          exports.main = withSession('pay', async ({ account }) => ({ ok: true, account }), {
            freshWithinMs: ${String(MINUTE_MS)},
          });`,
      },
      cart: {
        code: `
          ${library}
          exports.main = withSession('cart', async () => ({ ok: true }), {
            freshWithinMs: ({ action }) => (action === 'clear' ? ${String(MINUTE_MS)} : undefined),
          });`,
      },
    },
    { collections: ['sessions'] },
  );
});
afterAll(() => cloud.close());

test('lets a call through for as long as the sign-in is recent, by what is asked', async () => {
  const signIn = async () => (await cloud.call('login', LIN, {}))['sessionToken'];
  const sessionToken = await signIn();
  const codes = async (): Promise<unknown[]> => {
    const replies = [
      await cloud.call('pay', LIN, { sessionToken }),
      await cloud.call('cart', LIN, { sessionToken, action: 'clear' }),
      await cloud.call('cart', LIN, { sessionToken, action: 'read' }),
    ];
    return replies.map((reply) => reply['code'] ?? reply['ok']);
  };
  expect(await codes()).toEqual([true, true, true]);
  await cloud.control({ advanceClockMs: MINUTE_MS + 1 });
  expect(await codes()).toEqual(['SESSION_NOT_FRESH', 'SESSION_NOT_FRESH', true]);
  // The session is as good as before, and a new sign-in is recent again.
  const again = await signIn();
  expect(await cloud.call('pay', LIN, { sessionToken: again })).toEqual({
    ok: true,
    account: `${LIN.appid}:${LIN.openid}`,
  });
  expect(await cloud.call('pay', LIN, { sessionToken: 'nonsense' })).toMatchObject({
    code: 'SESSION_MISSING',
  });
});
