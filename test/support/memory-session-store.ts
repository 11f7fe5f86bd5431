import type { ActiveSession } from '../../cloudfunctions/shared/session/session';
import type { SessionStore } from '../../cloudfunctions/shared/session/session-store';
import type { SessionId } from '../../cloudfunctions/shared/session/session-token';

export interface MemorySessionStore extends SessionStore {
  /** The operations so far, in order. */
  readonly operations: (keyof SessionStore)[];
  size(): number;
}

/** The session store without a database: passes the same contract suite as the one in the cloud. */
export function memorySessionStore(): MemorySessionStore {
  const sessions = new Map<SessionId, ActiveSession>();
  const operations: (keyof SessionStore)[] = [];
  return {
    operations,
    size: () => sessions.size,
    put(session) {
      operations.push('put');
      sessions.set(session.id, structuredClone(session));
      return Promise.resolve();
    },
    find(id) {
      operations.push('find');
      const session = sessions.get(id);
      return Promise.resolve(session && structuredClone(session));
    },
    remove(id, tokenHash) {
      operations.push('remove');
      const matches = sessions.get(id)?.tokenHash === tokenHash;
      return Promise.resolve(matches && sessions.delete(id) ? 1 : 0);
    },
  };
}
