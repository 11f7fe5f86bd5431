/** Endings while time passes and clocks differ: what was acknowledged is done. */
import { describe, expect, test } from '@jest/globals';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { sessionAction } from '../../../../cloudfunctions/shared/session/session-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import type { SessionId } from '../../../../cloudfunctions/shared/session/session-token';
import { AT } from '../../../support/sessions';
import { sessionCalls, type SignedIn } from './session-calls';

const { idleLifetimeMs } = defaultPolicy;
const MINUTE_MS = 60_000;
const { world, ahead, call, check, signIn, logout, revoke, codes } = sessionCalls(3);

describe('an ending that meets an expiry', () => {
  /**
   * A check that begins 5 ms before the idle end, and an ending 5 ms after it, before the check's
   * next operation.
   */
  function checkAround(
    token: string,
    operation: 'find' | 'renew',
    ending: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    world.now = AT + idleLifetimeMs - 5;
    let pending: typeof ending | undefined = ending;
    const later = async (): Promise<void> => {
      const end = pending;
      if (end === undefined) return;
      pending = undefined;
      world.now += 10;
      await end();
    };
    const slow = {
      ...world.store,
      find: async (...args: Parameters<typeof world.store.find>) => {
        const found = await world.store.find(...args);
        if (operation === 'find') await later();
        return found;
      },
      renew: async (...args: Parameters<typeof world.store.renew>) => {
        if (operation === 'renew') await later();
        return world.store.renew(...args);
      },
    };
    const event = { action: 'check', sessionToken: token };
    return sessionAction(call(event, { store: slow, clock: () => new Date(world.now) }));
  }

  const endings = [
    ['logout', 1, (own: SignedIn) => logout(own.token)],
    ['logout', 3, (own: SignedIn) => logout(own.token)],
    ['revoke', 3, (own: SignedIn, other: SignedIn) => revoke(other.token, own.id)],
    ['everywhere', 1, (own: SignedIn) => logout(own.token, 'everywhere')],
    ['everywhere', 3, (own: SignedIn) => logout(own.token, 'everywhere')],
    ['others', 3, (_: SignedIn, other: SignedIn) => logout(other.token, 'others')],
  ] as const;

  describe.each(['find', 'renew'] as const)('while a check is at its %s', (operation) => {
    test.each(endings)('%s is final, with %i sessions a person', async (_, n, end) => {
      world.limit = n;
      const own = await signIn();
      // By now the own session is about to run out, and the other one is not.
      world.now = AT + idleLifetimeMs - MINUTE_MS;
      const other = n === 1 ? own : await signIn('tablet');
      let answer: unknown;
      await checkAround(own.token, operation, async () => {
        answer = await end(own, other);
      });
      expect(answer).toMatchObject({ ok: true });
      expect((await codes(own))[0]).not.toBe('ok');
      const kept = await world.store.find(own.token.split('.')[0] as SessionId);
      expect(kept?.state).not.toBe('active');
    });
  });

  test.each(['find', 'renew'] as const)(
    'a renewal that reaches the database too late brings nothing back, and says so: slow at its %s',
    async (operation) => {
      const own = await signIn();
      expect(await checkAround(own.token, operation)).toMatchObject({ code: 'SESSION_EXPIRED' });
      expect(await codes(own)).toEqual(['SESSION_EXPIRED']);
    },
  );

  test.each(['this', 'everywhere'])(
    '%s, on an instance whose clock is a minute ahead, ends what others hold for good',
    async (scope) => {
      const own = await signIn();
      world.now = AT + idleLifetimeMs - MINUTE_MS / 2;
      expect(await logout(own.token, scope, {}, ahead(MINUTE_MS))).toEqual({ ok: true, ended: 1 });
      expect((await codes(own))[0]).not.toBe('ok');
    },
  );

  test('everywhere ends a session of an instance whose clock is ahead', async () => {
    const own = await signIn();
    const other = await loginAction(call({}, ahead(MINUTE_MS)));
    if (!other.ok) throw new Error(other.code);
    await logout(own.token, 'everywhere');
    expect(await check(other.sessionToken)).toMatchObject({ code: 'SESSION_REVOKED' });
  });
});
