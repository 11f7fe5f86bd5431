import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { LIN, PHONE, ZHOU } from '../../../support/people';
import { sessionCalls } from './session-calls';

const { world, call, check } = sessionCalls(1);

async function signIn(changes: Partial<Call> = {}): Promise<string> {
  const reply = await loginAction(call({ device: PHONE }, changes));
  if (!reply.ok) throw new Error(reply.code);
  return reply.sessionToken;
}

describe('check', () => {
  test('takes one database operation', async () => {
    const token = await signIn();
    world.store.operations.length = 0;
    await check(token);
    expect(world.store.operations).toEqual(['find']);
  });

  test("of somebody else's token is SESSION_MISSING and asks the database nothing", async () => {
    const stolen = await signIn();
    world.store.operations.length = 0;
    expect(await check(stolen, { caller: ZHOU })).toMatchObject({
      ok: false,
      code: 'SESSION_MISSING',
    });
    expect(await check(stolen, { caller: { ...LIN, appid: 'wx-other' } })).toMatchObject({
      code: 'SESSION_MISSING',
    });
    expect(world.store.operations).toEqual([]);
  });

  test('of a text that is no token is SESSION_MISSING', async () => {
    expect(await check('nonsense')).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});
