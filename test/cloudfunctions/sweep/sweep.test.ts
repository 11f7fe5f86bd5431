import { describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { deployedFunctions } from '../../support/deployed-functions';
import { eventually } from '../../support/eventually';
import { LIN, ZHOU } from '../../support/people';

const DAY_MS = 24 * 60 * 60 * 1000;

const deployed = deployedFunctions();
const { signIn, check } = deployed;

describe('the sweep', () => {
  const timer = { source: 'wx_trigger' };

  test('removes what has expired, and nothing else', async () => {
    await signIn(LIN);
    await deployed.cloud.control({ advanceClockMs: 4 * DAY_MS });
    const zhou = await signIn(ZHOU);
    await deployed.cloud.control({ advanceClockMs: 4 * DAY_MS });
    expect(await deployed.cloud.call('sweep', timer, {})).toEqual({
      ok: true,
      removed: 1,
      complete: true,
    });
    expect(await deployed.cloud.documents('sessions')).toMatchObject([{ openid: ZHOU.openid }]);
    expect(await check(zhou, ZHOU)).toMatchObject({ ok: true });
  });

  test('killed on its way, leaves the rest to the next', async () => {
    await signIn(LIN);
    const [session] = await deployed.cloud.documents('sessions');
    const expired = Array.from({ length: 350 }, (_, n) =>
      EJSON.stringify(
        { ...session, _id: `expired-${String(n)}`, expiresAt: new Date(0) },
        { relaxed: false },
      ),
    );
    await deployed.cloud.admin({
      action: 'database.insertDocument',
      collectionName: 'sessions',
      data: expired,
    });
    // Its first removal takes place and is never answered.
    await deployed.cloud.control({
      fault: { kind: 'databaseTimeoutAfter', action: 'removeDocument' },
    });
    const swept = deployed.cloud.callRaw('sweep', timer, {});
    await eventually(async () => (await deployed.cloud.documents('sessions')).length < 351);
    await deployed.cloud.control({ killInstances: true });
    expect(await swept).not.toMatchObject({ result: { ok: true } });

    const next = await deployed.cloud.call('sweep', timer, {});
    expect(next).toEqual({ ok: true, removed: 250, complete: true });
    expect(await deployed.cloud.documents('sessions')).toEqual([session]);
  });

  test.each([
    {},
    LIN,
    { ...LIN, source: 'wx_trigger,scf' },
    { source: 'wx_client' },
    { source: 'scf' },
  ])('refuses %j, also with an event that looks like the timer', async (caller) => {
    const event = { Type: 'Timer', TriggerName: 'hourly', Time: '2026-01-01T00:00:00Z' };
    expect(await deployed.cloud.call('sweep', caller, event)).toMatchObject({
      ok: false,
      code: 'NO_IDENTITY',
    });
  });
});
