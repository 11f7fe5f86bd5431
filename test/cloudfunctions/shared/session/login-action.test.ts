import { describe, expect, test } from '@jest/globals';
import { createRateLimit } from '../../../../cloudfunctions/shared/counters/rate-limit';
import type { LoginReply } from '../../../../cloudfunctions/shared/session/contract';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { LIN, PHONE, ZHOU } from '../../../support/people';
import { AT } from '../../../support/sessions';
import { sessionCalls } from './session-calls';

const { world, call, check, signInAs } = sessionCalls(1);

describe('login', () => {
  test('answers with a token that opens the session it describes', async () => {
    const reply = await loginAction(call({ device: PHONE }));
    expect(reply).toMatchObject({
      ok: true,
      session: { device: PHONE, current: true },
    });
    const { sessionToken, session } = reply as Extract<LoginReply, { ok: true }>;
    expect(await check(sessionToken)).toMatchObject({ ok: true, session: { id: session.id } });
  });

  test('needs no device', async () => {
    expect(await loginAction(call({}))).toMatchObject({
      ok: true,
      session: { device: { name: '', platform: '' } },
    });
  });

  test('takes one database operation', async () => {
    await signInAs();
    expect(world.store.operations).toEqual(['put']);
  });

  test('may be asked for so often a minute by one person, and says when again', async () => {
    const limitLogins = createRateLimit({ limit: 2, windowMs: 60_000 });
    await signInAs({ limitLogins });
    await loginAction(call({ device: null }, { limitLogins }));
    await signInAs({ limitLogins });
    world.store.operations.length = 0;
    expect(await loginAction(call({}, { limitLogins }))).toMatchObject({
      code: 'TOO_MANY_ATTEMPTS',
      retryable: true,
      detail: { retryAt: AT + 60_000 },
    });
    expect(world.store.operations).toEqual([]);
    await signInAs({ limitLogins, caller: ZHOU });
    await signInAs({ limitLogins, caller: { ...LIN, appid: 'wx-other' } });
    await signInAs({ limitLogins, now: new Date(AT + 60_000) });
  });

  test('on a second phone ends the first one, and tells it when and by which device', async () => {
    const first = await signInAs();
    const tablet = { name: 'Xiaomi Pad 6', platform: 'android' };
    await loginAction(call({ device: tablet }, { now: new Date(AT + 60_000) }));
    expect(await check(first)).toMatchObject({
      ok: false,
      code: 'SESSION_REPLACED',
      detail: { endedAt: AT + 60_000, device: tablet },
    });
  });
});
