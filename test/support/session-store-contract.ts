import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SessionStore } from '../../cloudfunctions/shared/session/session-store';
import {
  hashSecret,
  newSecret,
  sessionId,
} from '../../cloudfunctions/shared/session/session-token';
import { activeSession, AT, LIN } from './sessions';

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

    test('a session that was put is found, to the millisecond', async () => {
      const session = activeSession({ unionid: 'union-lin' });
      await store.put(session);
      expect(await store.find(session.id)).toEqual(session);
    });

    test('a session that was never put is not found', async () => {
      expect(await store.find(sessionId(LIN, 0))).toBeUndefined();
    });

    test('a second put leaves nothing of the first', async () => {
      await store.put(activeSession({ unionid: 'union-lin' }));
      const second = activeSession({
        device: { name: 'second', platform: '' },
        createdAt: new Date(AT + 1),
      });
      await store.put(second);
      expect(await store.find(second.id)).toEqual(second);
    });

    test('remove takes the session of this token, once', async () => {
      const session = activeSession();
      await store.put(session);
      expect(await store.remove(session.id, session.tokenHash)).toBe(1);
      expect(await store.remove(session.id, session.tokenHash)).toBe(0);
      expect(await store.find(session.id)).toBeUndefined();
    });

    test('remove leaves a session that belongs to another token', async () => {
      const session = activeSession();
      await store.put(session);
      expect(await store.remove(session.id, hashSecret(newSecret()))).toBe(0);
      expect(await store.find(session.id)).toEqual(session);
    });

    test('of many removes at once, one succeeds', async () => {
      const session = activeSession();
      await store.put(session);
      const removed = await Promise.all(
        Array.from({ length: 10 }, () => store.remove(session.id, session.tokenHash)),
      );
      expect(removed.filter((count) => count === 1)).toHaveLength(1);
    });
  });
}
