import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { PHONE, ZHOU } from '../../../support/people';
import { sessionCalls } from './session-calls';

const { world, call, check, logout } = sessionCalls(1);

async function signIn(changes: Partial<Call> = {}): Promise<string> {
  const reply = await loginAction(call({ device: PHONE }, changes));
  if (!reply.ok) throw new Error(reply.code);
  return reply.sessionToken;
}

describe('logout', () => {
  test('ends the session, in one database operation', async () => {
    const token = await signIn();
    world.store.operations.length = 0;
    expect(await logout(token)).toEqual({ ok: true, ended: 1 });
    expect(world.store.operations).toEqual(['remove']);
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });

  test('a second time ends nothing and is no error', async () => {
    const token = await signIn();
    await logout(token);
    expect(await logout(token)).toEqual({ ok: true, ended: 0 });
  });

  test('that comes late from the replaced phone leaves the new phone signed in', async () => {
    const old = await signIn();
    const current = await signIn();
    expect(await logout(old)).toEqual({ ok: true, ended: 0 });
    expect(await check(current)).toMatchObject({ ok: true });
  });

  test("of somebody else's token ends nothing", async () => {
    const token = await signIn();
    expect(await logout(token, 'this', {}, { caller: ZHOU })).toEqual({ ok: true, ended: 0 });
    expect(await check(token)).toMatchObject({ ok: true });
  });
});
