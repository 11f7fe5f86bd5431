import type {
  ActiveSession,
  Session,
  Ending,
  Revocation,
  SessionStore,
  SessionId,
} from '#functions/testing';
import { AT } from './sessions';

/**
 * Not `structuredClone`, which jsdom lacks and which takes most of the time of the tests that use
 * this store.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return new Date(value) as T;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf(field)])) as T;
}

export interface MemoryDatabase {
  sessions?: Map<SessionId, Session>;
  /** The database's own clock, epoch milliseconds. */
  now?: () => number;
}

/** The session store without a database: passes the same contract suite as the one in the cloud. */
export function memorySessionStore({
  sessions = new Map<SessionId, Session>(),
  now = () => AT,
}: MemoryDatabase = {}): SessionStore {
  const answer = <T>(value: T): Promise<T> => Promise.resolve(copyOf(value));
  const write = (session: Session): void => void sessions.set(session.id, copyOf(session));
  const activeOf = (id: SessionId, tokenHash: string): ActiveSession | undefined => {
    const session = sessions.get(id);
    return session?.state === 'active' && session.tokenHash === tokenHash ? session : undefined;
  };
  const revoke = (sessions: readonly ActiveSession[], revocation: Revocation): number => {
    for (const session of sessions) write({ ...session, state: 'revoked', ...revocation });
    return sessions.length;
  };
  const matching = ({ ids, tokenHash, scope, issuedUntil }: Ending): ActiveSession[] =>
    ids.flatMap((id) => {
      const session = sessions.get(id);
      if (session?.state !== 'active') return [];
      if (session.tokenHash === tokenHash) return scope === 'everywhere' ? session : [];
      const { createdAt, approvedAt = createdAt } = session;
      const since = approvedAt < createdAt ? approvedAt : createdAt;
      return issuedUntil === undefined || since <= issuedUntil ? session : [];
    });

  return {
    put(session) {
      write(session);
      return answer(undefined);
    },
    replace(session, seen) {
      const matches = sessions.get(session.id)?.tokenHash === seen;
      if (matches) write(session);
      return answer(matches);
    },
    find: (id) => answer(sessions.get(id)),
    findAll: (ids) => answer(ids.flatMap((id) => sessions.get(id) ?? [])),
    renew(id, tokenHash, renewal) {
      const session = activeOf(id, tokenHash);
      const matches = session !== undefined && now() < session.expiresAt.getTime();
      if (matches) write({ ...session, ...renewal });
      return answer(matches);
    },
    revoke(id, tokenHash, revocation) {
      const session = activeOf(id, tokenHash);
      return answer(session === undefined ? 0 : revoke([session], revocation));
    },
    revokeAll: (ending, revocation) => answer(revoke(matching(ending), revocation)),
    remove(id, tokenHash, usableBy) {
      const session = activeOf(id, tokenHash);
      const isTheirs =
        usableBy === undefined ||
        (session?.openid === usableBy.openid && session.appid === usableBy.appid);
      return answer(session !== undefined && isTheirs && sessions.delete(id) ? 1 : 0);
    },
    removeAll(all) {
      for (const { id, tokenHash } of all) {
        if (sessions.get(id)?.tokenHash === tokenHash) sessions.delete(id);
      }
      return answer(undefined);
    },
    removeExpired(until, limit) {
      const expired = [...sessions.values()]
        .filter(({ expiresAt }) => expiresAt <= until)
        .slice(0, limit);
      for (const { id } of expired) sessions.delete(id);
      return answer({ found: expired.length, removed: expired.length });
    },
  };
}
