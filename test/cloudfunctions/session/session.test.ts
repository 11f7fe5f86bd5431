import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../support/deployed-functions';

const DAY_MS = 24 * 60 * 60 * 1000;

const deployed = deployedFunctions();
const { signIn, check } = deployed;

describe('a session', () => {
  test('expires when it is not used for seven days, and not when it is', async () => {
    const token = await signIn();
    for (let day = 0; day < 2; day++) {
      await deployed.cloud.control({ advanceClockMs: 4 * DAY_MS });
      expect(await check(token)).toMatchObject({ ok: true });
    }
    await deployed.cloud.control({ advanceClockMs: 7 * DAY_MS });
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_EXPIRED' });
  });

  test('ends after thirty days however much it is used', async () => {
    const token = await signIn();
    for (let day = 0; day < 29; day += 1) {
      await deployed.cloud.control({ advanceClockMs: DAY_MS });
      expect(await check(token)).toMatchObject({ ok: true });
    }
    await deployed.cloud.control({ advanceClockMs: DAY_MS });
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_EXPIRED' });
  });

  test('that an administrator deletes in the console is missing at the next check', async () => {
    const token = await signIn();
    await deployed.cloud.admin({
      action: 'database.removeDocument',
      collectionName: 'sessions',
      query: '{}',
    });
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});
