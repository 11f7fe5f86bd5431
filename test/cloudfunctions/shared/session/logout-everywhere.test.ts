/** Signing out everywhere acts for the person, whatever became of the token that asks. */
import { describe, expect, test } from '@jest/globals';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { ZHOU } from '../../../support/people';
import { sessionCalls, type SignedIn } from './session-calls';

const { idleLifetimeMs } = defaultPolicy;
const MINUTE_MS = 60_000;
const { world, call, signIn, logout, openByItself, codes } = sessionCalls(3);

describe('signing out everywhere by a token that is no longer good', () => {
  test.each([1, 3])(
    'ends all that were signed in before it was asked for, with %i sessions a person',
    async (sessionsPerUser) => {
      world.limit = sessionsPerUser;
      const old = await signIn('old phone');
      world.now += idleLifetimeMs;
      const current = await signIn('new phone');
      world.now += MINUTE_MS;
      const reply = await logout(old.token, 'everywhere');
      expect(reply).toMatchObject({ ok: true });
      expect((reply as { ended: number }).ended).toBeGreaterThan(0);
      expect(await codes(current)).toEqual(['SESSION_REVOKED']);
    },
  );

  test.each([1, 3])('so does scope others, with %i sessions a person', async (sessionsPerUser) => {
    world.limit = sessionsPerUser;
    const old = await signIn('old phone');
    await logout(old.token);
    const current = await signIn('new phone');
    expect(await logout(old.token, 'others')).toEqual({ ok: true, ended: 1 });
    expect(await codes(current)).toEqual(['SESSION_REVOKED']);
  });

  test('sent late, leaves what was signed in since, and ends its own session all the same', async () => {
    const [own, before] = [await signIn('own'), await signIn('before')];
    const askedAt = world.now;
    world.now += 1_000;
    const since = await signIn('since');
    world.now += 7 * MINUTE_MS;
    const late = { askedAgoMs: world.now - askedAt };
    expect(await logout(own.token, 'everywhere', late)).toEqual({ ok: true, ended: 2 });
    expect(await codes(own, before, since)).toEqual(['SESSION_REVOKED', 'SESSION_REVOKED', 'ok']);
  });

  test('asked before the session that asks was issued, by a clock that was changed, ends that session', async () => {
    const own = await signIn();
    expect(await logout(own.token, 'everywhere', { askedAgoMs: 1e15 })).toEqual({
      ok: true,
      ended: 1,
    });
    expect(await codes(own)).toEqual(['SESSION_REVOKED']);
  });

  describe.each(['everywhere', 'others'])('%s, by a token that is not theirs,', (scope) => {
    test.each([
      ['of somebody else', 1, (_: SignedIn, strange: string) => strange],
      ['of somebody else', 3, (_: SignedIn, strange: string) => strange],
      ['that was cut short', 3, ({ token }: SignedIn) => token.slice(0, -1)],
      ['that is none', 3, () => 'x'],
    ])(
      'such as one %s, ends the sessions of whoever calls, with %i a person, and no others',
      async (_, sessionsPerUser, makeToken) => {
        world.limit = sessionsPerUser;
        const own = await signIn();
        const strange = await loginAction(call({}, { caller: ZHOU }));
        if (!strange.ok) throw new Error(strange.code);
        const token = makeToken(own, strange.sessionToken);
        expect(await logout(token, scope)).toEqual({ ok: true, ended: 1 });
        expect(await codes(own)).toEqual(['SESSION_REVOKED']);
        expect(await openByItself(strange.sessionToken)).toMatchObject({ ok: true });
      },
    );

    test('leaves what was signed in after it was asked for', async () => {
      world.limit = 3;
      const before = await signIn();
      world.now += MINUTE_MS;
      const since = await signIn();
      const late = { askedAgoMs: MINUTE_MS / 2 };
      expect(await logout('x', scope, late)).toEqual({ ok: true, ended: 1 });
      expect(await codes(before, since)).toEqual(['SESSION_REVOKED', 'ok']);
    });
  });

  test("of this phone only leaves what is somebody else's, and says that it ended nothing", async () => {
    const own = await signIn();
    expect(await logout(own.token.slice(0, -1))).toEqual({ ok: true, ended: 0 });
    expect(await codes(own)).toEqual(['ok']);
  });

  test.each([null, -1, NaN, Infinity, '5', {}, []])(
    '%p is no time that has passed',
    async (askedAgoMs) => {
      const own = await signIn();
      expect(await logout(own.token, 'everywhere', { askedAgoMs })).toMatchObject({
        code: 'INVALID_INPUT',
        detail: { field: 'askedAgoMs' },
      });
      expect(await codes(own)).toEqual(['ok']);
    },
  );
});
