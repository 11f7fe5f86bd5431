/**
 * What several ways in need besides sessions, without a database. Each passes the contract suite
 * that its counterpart in the cloud passes.
 */
import {
  hasExpired,
  newRevision,
  personKey,
  type AccountId,
  type AttemptKey,
  type Attempts,
  type AttemptStore,
  type IdentityChange,
  type IdentityId,
  type IdentityStore,
  type Session,
  type SessionId,
  type SignIn,
  type SignInHistory,
  type StoredIdentity,
  type WhileSignedIn,
} from '#functions/testing';
import { copyOf } from './memory-session-store';

const answer = <T>(value: T): Promise<T> => Promise.resolve(copyOf(value));

/** `changed`, thrown through what makes sure of the session. */
class ChangedError extends Error {
  override readonly name = 'ChangedError';
}

/**
 * A change is all or nothing, and takes place while the session is active, with
 * `memoryWhileSignedIn`: between the two nothing waits.
 */
export function memoryIdentityStore(
  identities = new Map<IdentityId, StoredIdentity>(),
): IdentityStore {
  const isAsSeen = ({ id, seen }: IdentityChange): boolean => identities.get(id)?.revision === seen;
  function apply({ id, next }: IdentityChange): void {
    if (next === undefined) identities.delete(id);
    else identities.set(id, copyOf({ ...next, id, revision: newRevision() }));
  }

  return {
    find: (ids) => answer(ids.flatMap((id) => identities.get(id) ?? [])),
    ofAccount(account) {
      const found = [...identities.values()].filter((identity) => identity.account === account);
      return answer(found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()));
    },
    async change(changes, within) {
      try {
        return await within(() => {
          if (!changes.every(isAsSeen)) return Promise.reject(new ChangedError());
          changes.forEach(apply);
          return Promise.resolve();
        });
      } catch (error) {
        if (error instanceof ChangedError) return 'changed';
        throw error;
      }
    },
    changeOne(change) {
      const does = isAsSeen(change);
      if (does) apply(change);
      return answer(does);
    },
  };
}

/**
 * The write begins at the moment at which the session is found good. Its transaction has the
 * sessions only, of which it updates fields.
 */
export function memoryWhileSignedIn(sessions: Map<SessionId, Session>): WhileSignedIn {
  return async (session, now, write) => {
    const found = sessions.get(session.id);
    const isGood =
      found?.state === 'active' &&
      found.tokenHash === session.tokenHash &&
      !hasExpired(found, now());
    if (!isGood) return false;
    await write({ collection: sessionsOf(sessions) });
    return true;
  };
}

type Collection = Parameters<Parameters<WhileSignedIn>[2]>[0]['collection'];

function sessionsOf(sessions: Map<SessionId, Session>): Collection {
  const missing = (): Promise<never> => Promise.reject(new Error('this is not kept in memory'));
  return (name) => ({
    doc: (id) => ({
      get: missing,
      set: missing,
      remove: missing,
      update({ data }) {
        const found = sessions.get(id as SessionId);
        if (name !== 'sessions' || found === undefined) return missing();
        sessions.set(found.id, copyOf({ ...found, ...data }));
        return Promise.resolve();
      },
    }),
  });
}

export function memoryAttemptStore(
  attempts = new Map<AttemptKey, Attempts & { expiresAt: Date }>(),
): AttemptStore {
  return {
    find(keys) {
      const found = keys.flatMap((key) => {
        const { failures, until } = attempts.get(key) ?? {};
        return failures === undefined || until === undefined
          ? []
          : [[key, { failures, until: new Date(until) }] as const];
      });
      return Promise.resolve(new Map(found));
    },
    replace(key, seen, next, expiresAt) {
      const does = attempts.get(key)?.failures === seen;
      if (does) attempts.set(key, copyOf({ ...next, expiresAt }));
      return answer(does);
    },
    remove(key, seen) {
      if (seen === undefined || attempts.get(key)?.failures === seen) attempts.delete(key);
      return answer(undefined);
    },
  };
}

/** @param length how many are kept of one account */
export function memorySignInHistory(
  length: number,
  signIns = new Map<string, SignIn[]>(),
): SignInHistory {
  const push = (account: AccountId, signIn: SignIn): void => {
    const last = [...(signIns.get(personKey(account)) ?? []), copyOf(signIn)].slice(-length);
    signIns.set(personKey(account), last);
  };
  return {
    read: (account) => answer((signIns.get(personKey(account)) ?? []).toReversed()),
    add(account, signIn) {
      push(account, signIn);
      return answer(undefined);
    },
    addRefused(account, signIn) {
      if (account !== undefined && signIns.has(personKey(account))) push(account, signIn);
      return answer(undefined);
    },
    remove(account) {
      signIns.delete(personKey(account));
      return answer(undefined);
    },
  };
}
