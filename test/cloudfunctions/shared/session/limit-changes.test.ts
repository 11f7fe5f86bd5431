/** Sessions beyond a limit that was lowered: what was acknowledged is done, and nothing else. */
import { describe, expect, test } from '@jest/globals';
import { accountAction } from '../../../../cloudfunctions/account/account-action';
import { sessionAction } from '../../../../cloudfunctions/shared/session/session-action';
import { StoreUnavailableError } from '../../../../cloudfunctions/shared/session/session-store';
import { sessionCalls, type SignedIn } from './session-calls';

const { world, call, check, signInThree, logout, revoke, openByItself, codes, list } =
  sessionCalls(3);

describe('a limit that was lowered, and rises again', () => {
  test('signing out beyond it ends the session for good', async () => {
    const [, , third] = await signInThree();
    world.limit = 1;
    expect(await logout(third.token)).toEqual({ ok: true, ended: 1 });
    world.limit = 3;
    expect(await codes(third)).toEqual(['SESSION_MISSING']);
  });

  test.each(['others', 'everywhere'])(
    'signing out with scope %s ends what is beyond it, in one operation',
    async (scope) => {
      const [first, ...beyond] = await signInThree();
      world.limit = 1;
      world.store.operations.length = 0;
      expect(await logout(first.token, scope)).toEqual({
        ok: true,
        ended: scope === 'others' ? 2 : 3,
      });
      expect(world.store.operations).toEqual(['revokeAll']);
      world.limit = 3;
      expect(await codes(first, ...beyond)).toEqual([
        scope === 'others' ? 'ok' : 'SESSION_REVOKED',
        'SESSION_REVOKED',
        'SESSION_REVOKED',
      ]);
    },
  );

  test('a session beyond it can be ended from a list of before', async () => {
    const [first, , third] = await signInThree();
    world.limit = 1;
    expect(await revoke(first.token, third.id)).toEqual({ ok: true, ended: 1 });
    world.limit = 3;
    expect(await codes(third)).toEqual(['SESSION_REVOKED']);
  });

  test('a session beyond it is refused, is in no list, and stays ended once it was refused', async () => {
    const [first, second, third] = await signInThree();
    world.limit = 2;
    expect(await codes(first, second, third)).toEqual(['ok', 'ok', 'SESSION_MISSING']);
    expect(await list(first.token)).toHaveLength(2);
    world.limit = 3;
    expect(await codes(first, second, third)).toEqual(['ok', 'ok', 'SESSION_MISSING']);
  });

  test.each([
    ['a check', ({ token }: SignedIn) => check(token)],
    [
      'a list',
      ({ token }: SignedIn) => sessionAction(call({ action: 'list', sessionToken: token })),
    ],
    ['a revoke', ({ token }: SignedIn, other: SignedIn) => revoke(token, other.id)],
    [
      'the deletion of the account',
      ({ token }: SignedIn) => accountAction(call({ action: 'delete', sessionToken: token }), []),
    ],
    ['a request over HTTP', ({ token }: SignedIn) => openByItself(token)],
  ])('%s that is refused for it ends the session for good', async (_, refused) => {
    const [first, , third] = await signInThree();
    world.limit = 2;
    const opened = await refused(third, first);
    expect(opened).toMatchObject({ ok: false, code: 'SESSION_MISSING' });
    world.limit = 3;
    expect(await codes(first, third)).toEqual(['ok', 'SESSION_MISSING']);
  });

  test('one that could not be ended is not refused for good, but for now', async () => {
    const [, , third] = await signInThree();
    world.limit = 1;
    const down = new StoreUnavailableError('remove', new Error('down'));
    const failing = { ...world.store, remove: () => Promise.reject(down) };
    const event = { action: 'check', sessionToken: third.token };
    await expect(sessionAction(call(event, { store: failing }))).rejects.toBe(down);
    expect(await check(third.token)).toMatchObject({ code: 'SESSION_MISSING' });
  });

  test('sessions beyond it that nobody asked about are as they were: a rise signs nobody out', async () => {
    const [first, second, third] = await signInThree();
    world.limit = 1;
    await codes(first);
    world.limit = 16;
    expect(await codes(first, second, third)).toEqual(['ok', 'ok', 'ok']);
  });

  test('a function with another limit that is asked for a list keeps what is beyond its own', async () => {
    const [first, , third] = await signInThree();
    world.limit = 1;
    expect(await list(first.token)).toHaveLength(1);
    world.limit = 3;
    expect(await codes(third)).toEqual(['ok']);
  });
});
