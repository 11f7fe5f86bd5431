import { describe, expect, test } from '@jest/globals';
import { deployedFunctions } from '../../support/deployed-functions';
import { openCloud } from '../../support/local-cloud';
import { LIN, PHONE, ZHOU } from '../../support/people';

const deployed = deployedFunctions();
const { signIn, check } = deployed;

describe('signing in', () => {
  test('leaves one document with a hash, and the secret nowhere', async () => {
    const token = await signIn();
    const documents = await deployed.cloud.documents('sessions');
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({
      _id: token.split('.')[0],
      openid: LIN.openid,
      appid: LIN.appid,
      slot: 0,
      state: 'active',
      device: PHONE,
      tokenHash: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      createdAt: expect.any(Date),
      expiresAt: expect.any(Date),
    });
    expect(JSON.stringify([documents, await deployed.cloud.calls()])).not.toContain(
      token.split('.')[1],
    );
  });

  test('keeps the unionid when WeChat gives one', async () => {
    await deployed.cloud.call('login', { ...LIN, unionid: 'union-lin' }, {});
    expect(await deployed.cloud.documents('sessions')).toMatchObject([{ unionid: 'union-lin' }]);
  });

  test('on a second phone replaces the first, which learns when and by which device', async () => {
    const first = await signIn();
    const tablet = { name: 'Xiaomi Pad 6', platform: 'android' };
    const reply = await deployed.cloud.call('login', LIN, { device: tablet });
    const { createdAt } = reply['session'] as { createdAt: number };
    expect(await check(first)).toMatchObject({
      ok: false,
      code: 'SESSION_REPLACED',
      detail: { endedAt: createdAt, device: tablet },
    });
    expect(await deployed.cloud.documents('sessions')).toHaveLength(1);
  });

  test('does not touch anybody else', async () => {
    const lin = await signIn(LIN);
    const zhou = await signIn(ZHOU);
    expect(await check(lin, LIN)).toMatchObject({ ok: true });
    expect(await check(zhou, ZHOU)).toMatchObject({ ok: true });
    expect(await check(lin, ZHOU)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});

test('one person signs in twenty times a minute on an instance, and is told when again', async () => {
  const own = await openCloud({ functionVariables: { login: {} } });
  try {
    const beganAt = Date.now();
    for (let time = 0; time < 20; time++) {
      expect(await own.call('login', LIN, {})).toMatchObject({ ok: true });
    }
    const refusal = await own.call('login', LIN, {});
    expect(refusal).toMatchObject({ ok: false, code: 'TOO_MANY_ATTEMPTS', retryable: true });
    const { retryAt } = refusal['detail'] as { retryAt: number };
    expect(retryAt).toBeGreaterThanOrEqual(beganAt + 60_000);
    expect((await own.lastCall()).operations).toEqual([]);
    expect(await own.call('login', ZHOU, {})).toMatchObject({ ok: true });
    await own.control({ advanceClockMs: 60_000 });
    expect(await own.call('login', LIN, {})).toMatchObject({ ok: true });
  } finally {
    await own.close();
  }
});
