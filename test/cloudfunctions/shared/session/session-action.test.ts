import { describe, expect, test } from '@jest/globals';
import { LIN, ZHOU } from '../../../support/people';
import { sessionCalls } from './session-calls';

const { world, check, signInAs } = sessionCalls(1);

describe('check', () => {
  test('takes one database operation', async () => {
    const token = await signInAs();
    world.store.operations.length = 0;
    await check(token);
    expect(world.store.operations).toEqual(['find']);
  });

  test("of somebody else's token is SESSION_MISSING and asks the database nothing", async () => {
    const stolen = await signInAs();
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

  test('of a string that is no token is SESSION_MISSING', async () => {
    expect(await check('nonsense')).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
  });
});
