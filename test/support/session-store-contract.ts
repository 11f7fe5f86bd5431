import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type SessionStore,
  hashAttempt,
  hashSecret,
  newSecret,
  sessionId,
  sessionIds,
} from '#functions/testing';
import { LIN, ZHOU, LIN_ACCOUNT, ZHOU_ACCOUNT } from './people';
import { activeSession, AT } from './sessions';

interface StoreUnderTest {
  store: SessionStore;
  close: () => Promise<void>;
  /** The database's clock, epoch milliseconds. */
  now: () => number;
  advance: (ms: number) => Promise<void>;
}

const HOUR_MS = 3_600_000;

/** What every implementation of `SessionStore` must do. */
export function describeSessionStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a session store`, () => {
    let store: SessionStore;
    let database: StoreUnderTest;

    beforeEach(async () => {
      database = await open();
      ({ store } = database);
    });
    afterEach(() => database.close());

    const at = (offsetMs: number): Date => new Date(AT + offsetMs);
    const otherToken = hashSecret(newSecret());
    const tablet = { name: 'iPad', platform: 'ios' };
    const revocation = { revokedAt: at(5), revokedBy: tablet };
    const inSlot = (slot: number) => activeSession({ id: sessionId(LIN_ACCOUNT, slot), slot });

    async function stored<T extends ReturnType<typeof activeSession>>(session: T): Promise<T> {
      await store.put(session);
      return session;
    }

    describe('put and find', () => {
      test('give back the session, to the millisecond', async () => {
        const session = await stored(activeSession({ unionid: 'union-lin' }));
        expect(await store.find(session.id)).toEqual(session);
      });

      test('find nothing where nothing was put', async () => {
        expect(await store.find(sessionId(LIN_ACCOUNT, 0))).toBeUndefined();
      });

      test('leave nothing of what was there before', async () => {
        const first = await stored(activeSession({ unionid: 'union-lin' }));
        await store.revoke(first.id, first.tokenHash, revocation);
        const second = await stored(activeSession({ device: tablet, createdAt: at(1) }));
        expect(await store.find(second.id)).toEqual(second);
      });
    });

    describe('findAll', () => {
      test('gives the sessions that there are at these ids, and no others', async () => {
        const [first, third] = [await stored(inSlot(0)), await stored(inSlot(2))];
        await stored(activeSession({ ...ZHOU, id: sessionId(ZHOU_ACCOUNT, 0) }));
        const found = await store.findAll(sessionIds(LIN_ACCOUNT, 3));
        expect([...found].sort((a, b) => a.slot - b.slot)).toEqual([first, third]);
      });
    });

    describe('replace', () => {
      test('takes an empty place, once', async () => {
        expect(await store.replace(inSlot(0), undefined)).toBe(true);
        expect(await store.replace(inSlot(0), undefined)).toBe(false);
      });

      test('takes the place of the token that was seen, and leaves nothing of it', async () => {
        const first = await stored(activeSession({ unionid: 'union-lin' }));
        await store.revoke(first.id, first.tokenHash, revocation);
        const second = activeSession({ device: tablet, createdAt: at(9) });
        expect(await store.replace(second, first.tokenHash)).toBe(true);
        expect(await store.find(second.id)).toEqual(second);
      });

      test('keeps the attempt that the new session has, and no other', async () => {
        const attempt = { attemptHash: hashAttempt('a'.repeat(22)) };
        const first = await stored(activeSession(attempt));
        expect(await store.find(first.id)).toEqual(first);
        const second = activeSession();
        await store.replace(second, first.tokenHash);
        expect(await store.find(second.id)).toEqual(second);
        const third = activeSession({ attemptHash: hashAttempt('b'.repeat(22)) });
        await store.replace(third, second.tokenHash);
        expect(await store.find(third.id)).toEqual(third);
      });

      test('keeps a unionid that the new session has', async () => {
        const first = await stored(activeSession());
        const second = activeSession({ unionid: 'union-lin' });
        await store.replace(second, first.tokenHash);
        expect(await store.find(second.id)).toEqual(second);
      });

      test('changes nothing when another token is there by now, or none', async () => {
        expect(await store.replace(inSlot(0), otherToken)).toBe(false);
        const session = await stored(inSlot(0));
        expect(await store.replace(inSlot(0), otherToken)).toBe(false);
        expect(await store.findAll(sessionIds(LIN_ACCOUNT, 2))).toEqual([session]);
      });

      test('of many at once, one succeeds', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, () => store.replace(inSlot(0), undefined)),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
      });
    });

    describe('renew', () => {
      const renewal = { renewedAt: at(7), expiresAt: at(70) };
      /** It runs out in an hour of the database's clock. */
      const lasting = () => activeSession({ expiresAt: new Date(database.now() + HOUR_MS) });

      test('changes the two times and nothing else', async () => {
        const session = await stored(lasting());
        expect(await store.renew(session.id, session.tokenHash, renewal)).toBe(true);
        expect(await store.find(session.id)).toEqual({ ...session, ...renewal });
      });

      test('never brings an ended session back', async () => {
        const session = await stored(lasting());
        await store.revoke(session.id, session.tokenHash, revocation);
        const ended = await store.find(session.id);
        expect(await store.renew(session.id, session.tokenHash, renewal)).toBe(false);
        expect(await store.find(session.id)).toEqual(ended);
      });

      test('never brings an expired session back, by the clock of the database', async () => {
        const session = await stored(lasting());
        await database.advance(HOUR_MS);
        expect(await store.renew(session.id, session.tokenHash, renewal)).toBe(false);
        expect(await store.find(session.id)).toEqual(session);
      });

      test('does not touch another session, and makes none', async () => {
        expect(await store.renew(sessionId(LIN_ACCOUNT, 0), otherToken, renewal)).toBe(false);
        expect(await store.find(sessionId(LIN_ACCOUNT, 0))).toBeUndefined();
        const session = await stored(lasting());
        expect(await store.renew(session.id, otherToken, renewal)).toBe(false);
        expect(await store.find(session.id)).toEqual(session);
      });
    });

    describe('revoke', () => {
      test('ends a live session once, and keeps when and by which device', async () => {
        const session = await stored(activeSession());
        expect(await store.revoke(session.id, session.tokenHash, revocation)).toBe(1);
        expect(await store.revoke(session.id, session.tokenHash, revocation)).toBe(0);
        expect(await store.find(session.id)).toEqual({
          ...session,
          state: 'revoked',
          ...revocation,
        });
      });

      test('leaves a session of another token', async () => {
        const session = await stored(activeSession());
        expect(await store.revoke(session.id, otherToken, revocation)).toBe(0);
        expect(await store.find(session.id)).toEqual(session);
      });

      test('ends one that has expired too, which by the clock of a renewal under way may be good', async () => {
        const session = await stored(activeSession({ expiresAt: at(5) }));
        expect(await store.revoke(session.id, session.tokenHash, revocation)).toBe(1);
        const renewal = { renewedAt: at(4), expiresAt: at(70) };
        expect(await store.renew(session.id, session.tokenHash, renewal)).toBe(false);
      });
    });

    describe('revokeAll', () => {
      const four = () =>
        Promise.all([0, 1, 2, 3].map((slot) => stored({ ...inSlot(slot), createdAt: at(slot) })));
      const ids = sessionIds(LIN_ACCOUNT, 16);
      const states = async (): Promise<string[]> =>
        [...(await store.findAll(ids))].sort((a, b) => a.slot - b.slot).map(({ state }) => state);

      test('everywhere ends every active session at the ids, expired or not, and counts them', async () => {
        const [first, second, third, fourth] = await four();
        if (!first || !second || !third || !fourth) throw new Error('unreachable');
        await store.put({ ...fourth, expiresAt: at(4) });
        await store.revoke(second.id, second.tokenHash, { ...revocation, revokedAt: at(1) });
        const some = [first.id, second.id, fourth.id];
        const ending = { ids: some, tokenHash: first.tokenHash, scope: 'everywhere' } as const;
        expect(await store.revokeAll(ending, revocation)).toBe(2);
        expect(await states()).toEqual(['revoked', 'revoked', 'active', 'revoked']);
        expect(await store.find(first.id)).toMatchObject(revocation);
        expect(await store.find(second.id)).toMatchObject({ revokedAt: at(1) });
      });

      test.each([
        ['everywhere', undefined, ['revoked', 'revoked', 'revoked', 'revoked']],
        ['others', undefined, ['revoked', 'revoked', 'active', 'revoked']],
        // Issued at that moment counts as before. The session that asks counts by its token.
        ['everywhere', 1, ['revoked', 'revoked', 'revoked', 'active']],
        ['everywhere', -1, ['active', 'active', 'revoked', 'active']],
        ['others', 1, ['revoked', 'revoked', 'active', 'active']],
      ] as const)('%s, asked at %p, ends what it is about', async (scope, until, expected) => {
        const asking = (await four())[2];
        if (asking === undefined) throw new Error('unreachable');
        const ending = {
          ids,
          tokenHash: asking.tokenHash,
          scope,
          ...(until !== undefined && { issuedUntil: at(until) }),
        };
        expect(await store.revokeAll(ending, revocation)).toBe(
          expected.filter((state) => state === 'revoked').length,
        );
        expect(await states()).toEqual(expected);
      });

      test.each(['everywhere', 'others'] as const)(
        '%s ends a web session that was issued since, if it was approved before',
        async (scope) => {
          const [before, since, phone, asking] = await four();
          if (!before || !since || !phone || !asking) throw new Error('unreachable');
          await store.put({ ...before, createdAt: at(3), approvedAt: at(1) });
          await store.put({ ...since, createdAt: at(3), approvedAt: at(2) });
          await store.put({ ...phone, createdAt: at(3) });
          const ending = { ids, tokenHash: asking.tokenHash, scope, issuedUntil: at(1) };
          expect(await store.revokeAll(ending, revocation)).toBe(scope === 'others' ? 1 : 2);
          const own = scope === 'others' ? 'active' : 'revoked';
          expect(await states()).toEqual(['revoked', 'active', 'active', own]);
        },
      );

      test('of a token that no session has ends the rest', async () => {
        await four();
        const ending = { ids, tokenHash: otherToken, scope: 'others' } as const;
        expect(await store.revokeAll(ending, revocation)).toBe(4);
      });

      test('of no ids ends nothing', async () => {
        const session = await stored(activeSession());
        const ending = { ids: [], tokenHash: otherToken, scope: 'everywhere' } as const;
        expect(await store.revokeAll(ending, revocation)).toBe(0);
        expect(await store.find(session.id)).toEqual(session);
      });
    });

    describe('remove', () => {
      test('takes the live session of this token, once', async () => {
        const session = await stored(activeSession());
        expect(await store.remove(session.id, session.tokenHash)).toBe(1);
        expect(await store.remove(session.id, session.tokenHash)).toBe(0);
        expect(await store.find(session.id)).toBeUndefined();
      });

      test('leaves one that somebody else may use, where it is told who asks', async () => {
        const session = await stored(activeSession());
        expect(await store.remove(session.id, session.tokenHash, ZHOU)).toBe(0);
        const elsewhere = { ...LIN, appid: 'wx-other' };
        expect(await store.remove(session.id, session.tokenHash, elsewhere)).toBe(0);
        expect(await store.remove(session.id, session.tokenHash, LIN)).toBe(1);
      });

      test('leaves a session of another token, and the mark of a revoked one', async () => {
        const session = await stored(activeSession());
        expect(await store.remove(session.id, otherToken)).toBe(0);
        await store.revoke(session.id, session.tokenHash, revocation);
        expect(await store.remove(session.id, session.tokenHash)).toBe(0);
        expect(await store.find(session.id)).toMatchObject({ state: 'revoked' });
      });

      test('takes one that has expired too', async () => {
        const session = await stored(activeSession({ expiresAt: at(-9) }));
        expect(await store.remove(session.id, session.tokenHash)).toBe(1);
      });

      test('of many at once, one succeeds', async () => {
        const session = await stored(activeSession());
        const removed = await Promise.all(
          Array.from({ length: 10 }, () => store.remove(session.id, session.tokenHash)),
        );
        expect(removed.filter((count) => count === 1)).toHaveLength(1);
      });
    });

    describe('removeAll', () => {
      test('removes these, live, ended and expired, and no others', async () => {
        const live = await stored(inSlot(0));
        const revoked = await stored(inSlot(1));
        await store.revoke(revoked.id, revoked.tokenHash, revocation);
        const expired = await stored({ ...inSlot(2), expiresAt: at(1) });
        const kept = await stored(inSlot(3));
        const all = [live, revoked, expired];
        await store.removeAll(all);
        expect(await store.findAll(sessionIds(LIN_ACCOUNT, 4))).toEqual([kept]);
        await store.removeAll(all);
      });

      test('leaves who has signed in at the same id since, however late it comes', async () => {
        const before = await stored(inSlot(0));
        const since = await stored(inSlot(0));
        await store.removeAll([before]);
        expect(await store.find(since.id)).toEqual(since);
      });

      test('of none removes none', async () => {
        const session = await stored(inSlot(0));
        await store.removeAll([]);
        expect(await store.find(session.id)).toEqual(session);
      });
    });

    describe('removeExpired', () => {
      test('removes what has expired, revoked or not, and nothing else', async () => {
        await stored({ ...inSlot(0), expiresAt: at(10) });
        const revoked = await stored({ ...inSlot(1), expiresAt: at(10) });
        await store.revoke(revoked.id, revoked.tokenHash, revocation);
        const alive = await stored({ ...inSlot(2), expiresAt: at(11) });
        expect(await store.removeExpired(at(10), 100)).toEqual({ found: 2, removed: 2 });
        expect(await store.findAll(sessionIds(LIN_ACCOUNT, 3))).toEqual([alive]);
      });

      test('removes no more than its limit', async () => {
        for (const slot of [0, 1, 2]) await stored({ ...inSlot(slot), expiresAt: at(1) });
        expect(await store.removeExpired(at(1), 2)).toEqual({ found: 2, removed: 2 });
        expect(await store.removeExpired(at(1), 2)).toEqual({ found: 1, removed: 1 });
        expect(await store.removeExpired(at(1), 2)).toEqual({ found: 0, removed: 0 });
      });
    });
  });
}
