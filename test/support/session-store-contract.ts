import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SessionStore } from '../../cloudfunctions/shared/session/session-store';
import {
  hashSecret,
  newSecret,
  sessionId,
  sessionIds,
} from '../../cloudfunctions/shared/session/session-token';
import { activeSession, AT, LIN, ZHOU } from './sessions';

/** What every implementation of `SessionStore` must do. */
export function describeSessionStore(
  name: string,
  open: () => Promise<{ store: SessionStore; close: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of a session store`, () => {
    let store: SessionStore;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    const at = (offsetMs: number): Date => new Date(AT + offsetMs);
    const otherToken = hashSecret(newSecret());
    const tablet = { name: 'iPad', platform: 'ios' };
    const revocation = { revokedAt: at(5), revokedBy: tablet };
    const inSlot = (slot: number) => activeSession({ id: sessionId(LIN, slot), slot });

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
        expect(await store.find(sessionId(LIN, 0))).toBeUndefined();
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
        await stored(activeSession({ ...ZHOU, id: sessionId(ZHOU, 0) }));
        const found = await store.findAll(sessionIds(LIN, 3));
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
        expect(await store.findAll(sessionIds(LIN, 2))).toEqual([session]);
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

      test('changes the two times and nothing else', async () => {
        const session = await stored(activeSession());
        expect(await store.renew(session.id, session.tokenHash, renewal)).toBe(true);
        expect(await store.find(session.id)).toEqual({ ...session, ...renewal });
      });

      test('never brings an ended session back', async () => {
        const session = await stored(activeSession());
        await store.revoke(session.id, session.tokenHash, revocation);
        const ended = await store.find(session.id);
        expect(await store.renew(session.id, session.tokenHash, renewal)).toBe(false);
        expect(await store.find(session.id)).toEqual(ended);
      });

      test('does not touch another session, and makes none', async () => {
        expect(await store.renew(sessionId(LIN, 0), otherToken, renewal)).toBe(false);
        expect(await store.find(sessionId(LIN, 0))).toBeUndefined();
        const session = await stored(activeSession());
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

      test('leaves a session of another token, and one that has expired', async () => {
        const session = await stored(activeSession({ expiresAt: at(5) }));
        expect(await store.revoke(session.id, otherToken, revocation)).toBe(0);
        expect(await store.revoke(session.id, session.tokenHash, revocation)).toBe(0);
        expect(await store.find(session.id)).toEqual(session);
      });

      test('all ends every live session at the ids, and counts them', async () => {
        const [first, second, third] = [
          await stored(inSlot(0)),
          await stored(inSlot(1)),
          await stored(inSlot(2)),
        ];
        await stored({ ...inSlot(3), expiresAt: at(5) });
        await store.revoke(second.id, second.tokenHash, { ...revocation, revokedAt: at(1) });
        expect(await store.revokeAll([first.id, second.id, sessionId(LIN, 3)], revocation)).toBe(1);
        expect(await store.find(first.id)).toMatchObject({ state: 'revoked', revokedAt: at(5) });
        expect(await store.find(second.id)).toMatchObject({ state: 'revoked', revokedAt: at(1) });
        expect(await store.find(third.id)).toEqual(third);
      });

      test('all of no ids ends nothing', async () => {
        const session = await stored(activeSession());
        expect(await store.revokeAll([], revocation)).toBe(0);
        expect(await store.find(session.id)).toEqual(session);
      });
    });

    describe('remove', () => {
      test('takes the live session of this token, once', async () => {
        const session = await stored(activeSession());
        expect(await store.remove(session.id, session.tokenHash, at(1))).toBe(1);
        expect(await store.remove(session.id, session.tokenHash, at(1))).toBe(0);
        expect(await store.find(session.id)).toBeUndefined();
      });

      test('leaves a session of another token, one that has expired, and the mark of a revoked one', async () => {
        const session = await stored(activeSession({ expiresAt: at(9) }));
        expect(await store.remove(session.id, otherToken, at(1))).toBe(0);
        expect(await store.remove(session.id, session.tokenHash, at(9))).toBe(0);
        await store.revoke(session.id, session.tokenHash, revocation);
        expect(await store.remove(session.id, session.tokenHash, at(6))).toBe(0);
        expect(await store.find(session.id)).toMatchObject({ state: 'revoked' });
      });

      test('of many at once, one succeeds', async () => {
        const session = await stored(activeSession());
        const removed = await Promise.all(
          Array.from({ length: 10 }, () => store.remove(session.id, session.tokenHash, at(1))),
        );
        expect(removed.filter((count) => count === 1)).toHaveLength(1);
      });
    });

    describe('removeAll', () => {
      test('removes live, ended and expired sessions at these ids, and no others', async () => {
        await stored(inSlot(0));
        const revoked = await stored(inSlot(1));
        await store.revoke(revoked.id, revoked.tokenHash, revocation);
        await stored({ ...inSlot(2), expiresAt: at(1) });
        const other = await stored(activeSession({ ...ZHOU, id: sessionId(ZHOU, 0) }));
        await store.removeAll(sessionIds(LIN, 4));
        expect(await store.findAll(sessionIds(LIN, 4))).toEqual([]);
        expect(await store.find(other.id)).toEqual(other);
        await store.removeAll(sessionIds(LIN, 4));
      });
    });

    describe('removeExpired', () => {
      test('removes what has expired, revoked or not, and nothing else', async () => {
        await stored({ ...inSlot(0), expiresAt: at(10) });
        const revoked = await stored({ ...inSlot(1), expiresAt: at(10) });
        await store.revoke(revoked.id, revoked.tokenHash, revocation);
        const alive = await stored({ ...inSlot(2), expiresAt: at(11) });
        expect(await store.removeExpired(at(10), 100)).toEqual({ found: 2, removed: 2 });
        expect(await store.findAll(sessionIds(LIN, 3))).toEqual([alive]);
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
