import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../support/deployed-functions';
import { openCloud } from '../../support/local-cloud';
import { LIN } from '../../support/people';

const deployed = deployedFunctions();
const { signIn, check } = deployed;

describe('when the cloud fails', () => {
  test('the database being down is UNAVAILABLE, and the session is good again afterwards', async () => {
    const token = await signIn();
    await deployed.cloud.control({ fault: { kind: 'databaseDown' } });
    expect(await check(token)).toMatchObject({ ok: false, code: 'UNAVAILABLE', retryable: true });
    expect(await deployed.cloud.call('login', LIN, {})).toMatchObject({
      ok: false,
      code: 'UNAVAILABLE',
    });
    await deployed.cloud.control({ fault: null });
    expect(await check(token)).toMatchObject({ ok: true });
  });

  test('a database that does not answer is UNAVAILABLE before the cloud ends the function', async () => {
    await signIn();
    await deployed.cloud.control({ fault: { kind: 'databaseTimeoutBefore', count: 1 } });
    expect(await deployed.cloud.call('login', LIN, {})).toMatchObject({
      ok: false,
      code: 'UNAVAILABLE',
    });
  });

  test('a sign-out whose answer is lost has taken place, and can be repeated', async () => {
    const sessionToken = await signIn();
    await deployed.cloud.control({ fault: { kind: 'databaseTimeoutAfter', count: 1 } });
    expect(await deployed.cloud.call('logout', LIN, { sessionToken })).toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(await deployed.cloud.call('logout', LIN, { sessionToken })).toEqual({
      ok: true,
      ended: 0,
    });
    expect(await check(sessionToken)).toMatchObject({ code: 'SESSION_MISSING' });
  });

  test('a missing collection is UNAVAILABLE, and the log names it and says what to do', async () => {
    const empty = await openCloud({ collections: [] });
    try {
      expect(await empty.call('login', LIN, {})).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
      const [line] = (await empty.lastCall()).logs;
      expect(line).toContain('collection \\"sessions\\" does not exist');
      expect(line).toContain('ADMINONLY');
    } finally {
      await empty.close();
    }
  });

  test("a previous caller's variables on a warm instance are not believed", async () => {
    await signIn();
    await deployed.cloud.control({ fault: { kind: 'staleIdentity' } });
    const before = await deployed.cloud.lastCall();
    expect(await deployed.cloud.call('login', {}, {})).toMatchObject({
      ok: false,
      code: 'NO_IDENTITY',
    });
    const after = await deployed.cloud.lastCall();
    expect([after.instance, after.cold]).toEqual([before.instance, false]);
    await deployed.cloud.control({ fault: null });
  });
});
