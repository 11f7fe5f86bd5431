import { describe, expect, test } from '@jest/globals';
import { ZHOU } from '../../../support/people';
import { sessionCalls } from './session-calls';

const { world, check, logout, signInAs } = sessionCalls(1);

describe('logout', () => {
  test('ends the session, in one database operation', async () => {
    const token = await signInAs();
    world.store.operations.length = 0;
    expect(await logout(token)).toEqual({ ok: true, ended: 1 });
    expect(world.store.operations).toEqual(['remove']);
    expect(await check(token)).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });

  test('a second time ends nothing and is no error', async () => {
    const token = await signInAs();
    await logout(token);
    expect(await logout(token)).toEqual({ ok: true, ended: 0 });
  });

  test('that comes late from the replaced phone leaves the new phone signed in', async () => {
    const old = await signInAs();
    const current = await signInAs();
    expect(await logout(old)).toEqual({ ok: true, ended: 0 });
    expect(await check(current)).toMatchObject({ ok: true });
  });

  test("of somebody else's token ends nothing", async () => {
    const token = await signInAs();
    expect(await logout(token, 'this', {}, { caller: ZHOU })).toEqual({ ok: true, ended: 0 });
    expect(await check(token)).toMatchObject({ ok: true });
  });
});
