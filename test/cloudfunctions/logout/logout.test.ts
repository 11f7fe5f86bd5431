import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../support/deployed-functions';
import { LIN } from '../../support/people';

const deployed = deployedFunctions();
const { signIn, check } = deployed;

describe('signing out', () => {
  test('ends the session in the cloud, and a second time ends nothing', async () => {
    const sessionToken = await signIn();
    expect(await deployed.cloud.call('logout', LIN, { sessionToken })).toEqual({
      ok: true,
      ended: 1,
    });
    expect(await deployed.cloud.documents('sessions')).toEqual([]);
    expect(await check(sessionToken)).toMatchObject({ code: 'SESSION_MISSING' });
    expect(await deployed.cloud.call('logout', LIN, { sessionToken })).toEqual({
      ok: true,
      ended: 0,
    });
  });

  test('on the old phone leaves the new phone signed in', async () => {
    const old = await signIn();
    const current = await signIn();
    expect(await deployed.cloud.call('logout', LIN, { sessionToken: old })).toEqual({
      ok: true,
      ended: 0,
    });
    expect(await check(current)).toMatchObject({ ok: true });
  });
});
