import {
  GRANT_LIFETIME_MS,
  type ActiveSession,
  type DeviceGrant,
  type DeviceGrantId,
  type DeviceGrantStore,
  type Session,
  type SessionId,
} from '#functions/testing';
import { copyOf } from './memory-session-store';

const answer = <T>(value: T): Promise<T> => Promise.resolve(copyOf(value));

/** `used`, thrown through what makes sure of the session. */
class UsedError extends Error {
  override readonly name = 'UsedError';
}

/**
 * The store of device grants without a database: passes the same contract suite as the one in the
 * cloud. Redeeming is all or nothing, with `memoryWhileSignedIn`: between the two nothing waits.
 */
export function memoryDeviceGrantStore(
  sessions: Map<SessionId, Session>,
  grants = new Map<DeviceGrantId, DeviceGrant>(),
): DeviceGrantStore {
  const put = (grant: DeviceGrant): void => void grants.set(grant.id, copyOf(grant));
  const openAt = (id: DeviceGrantId, now: Date): DeviceGrant | undefined => {
    const grant = grants.get(id);
    return grant?.state === 'pending' && now < grant.expiresAt ? grant : undefined;
  };

  return {
    add(grant) {
      const isFree = !grants.has(grant.id);
      if (isFree) put(grant);
      return answer(isFree);
    },
    find: (id) => answer(grants.get(id)),
    approve(id, approval, now) {
      const grant = openAt(id, now);
      const expiresAt = new Date(now.getTime() + GRANT_LIFETIME_MS);
      if (grant !== undefined) put({ ...grant, ...approval, state: 'approved', expiresAt });
      return answer(grant !== undefined);
    },
    deny(id, now) {
      const grant = openAt(id, now);
      if (grant !== undefined) put({ ...grant, state: 'denied' });
      return answer(grant !== undefined);
    },
    async redeem({ id, slots, issue }, within) {
      const issued: ActiveSession[] = [];
      try {
        const isDone = await within(() => {
          const grant = grants.get(id);
          if (grant?.state !== 'approved') return Promise.reject(new UsedError());
          const session = issue(slots.flatMap((slot) => copyOf(sessions.get(slot) ?? [])));
          issued.push(session);
          sessions.set(session.id, copyOf(session));
          put({ ...grant, state: 'redeemed' });
          return Promise.resolve();
        });
        const [session] = issued;
        return isDone && session !== undefined ? session : 'ended';
      } catch (error) {
        if (error instanceof UsedError) return 'used';
        throw error;
      }
    },
  };
}
