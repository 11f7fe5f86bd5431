import type { Owner } from '../identity/account';
import type { Device, LogoutScope } from './contract';
import type { ActiveSession, Session } from './session';
import type { SessionId, TokenHash } from './session-token';

/** The times that a renewal changes. */
export type Renewal = Pick<ActiveSession, 'renewedAt' | 'expiresAt'>;

/** Who ended a session, and when. */
export interface Revocation {
  revokedAt: Date;
  revokedBy: Device;
}

/** Which of a person's sessions a sign-out is about. */
export interface Ending {
  /** At most 100. */
  ids: readonly SessionId[];
  /**
   * The hash of the token that asks, if it is one of the person's: `everywhere` ends its session
   * whenever it was issued, `others` never does.
   */
  tokenHash?: TokenHash | undefined;
  scope: Exclude<LogoutScope, 'this'>;
  /**
   * Sessions issued after this stay, but for those of web pages that were approved by then. Absent:
   * all of them end.
   */
  issuedUntil?: Date;
}

/**
 * Where sessions are kept: the only seam between the session domain and a database.
 *
 * Every method is one database operation (`removeExpired`: two), and every conditional one is
 * atomic for each session: of two calls that race, the database lets one be first.
 *
 * What ends a session does so whether or not it has expired: clocks differ between instances, and
 * what one of them considers expired, another may be about to renew. A renewal never brings back
 * what has expired by the clock of the database, which is the same for all.
 */
export interface SessionStore {
  /** Writes the session at its id, over whatever is there. */
  put(session: ActiveSession): Promise<void>;
  /**
   * Writes the session at its id if what is there still belongs to the token `seen`; `undefined`:
   * if nothing is there. Resolves to whether it did.
   */
  replace(session: ActiveSession, seen: TokenHash | undefined): Promise<boolean>;
  /**
   * `undefined` when there is none, and for a document that is not a session (somebody edited it by
   * hand).
   */
  find(id: SessionId): Promise<Session | undefined>;
  /** The sessions at these ids, in no order. At most 100 ids. */
  findAll(ids: readonly SessionId[]): Promise<readonly Session[]>;
  /**
   * Changes the times of a session that is active, belongs to this token and has not expired by the
   * time that the database has when it writes: a request may have been on its way for long.
   * Resolves to whether there was one.
   */
  renew(id: SessionId, tokenHash: TokenHash, renewal: Renewal): Promise<boolean>;
  /** Ends the active session of this token and keeps why. Resolves to how many it ended: 0 or 1. */
  revoke(id: SessionId, tokenHash: TokenHash, revocation: Revocation): Promise<number>;
  /** Ends every active session that matches and keeps why. Resolves to how many it ended. */
  revokeAll(ending: Ending, revocation: Revocation): Promise<number>;
  /**
   * Removes the active session of this token, if it is one that `usableBy` may use, where that is
   * given. Resolves to how many it removed: 0 or 1.
   */
  remove(id: SessionId, tokenHash: TokenHash, usableBy?: Owner): Promise<number>;
  /**
   * Removes these sessions, ended ones too, but none that has taken their place since. At most 100.
   */
  removeAll(sessions: readonly Pick<Session, 'id' | 'tokenHash'>[]): Promise<void>;
  /**
   * Removes up to `limit` documents, at most 100, that have expired. Resolves to how many it found
   * and removed.
   */
  removeExpired(now: Date, limit: number): Promise<{ found: number; removed: number }>;
}

/**
 * The database failed or did not answer in time. A write may or may not have taken place.
 *
 * `hint`, where there is one, tells the developer who reads the log what to do.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly hint: string | undefined;

  constructor(operation: string, cause: unknown, hint?: string) {
    super(`the session store failed to ${operation}`, { cause });
    this.hint = hint;
  }
}

/**
 * @param operation completes "the session store failed to …"
 * @throws StoreUnavailableError whatever `run` throws
 */
export async function orStoreUnavailable<T>(
  operation: string,
  run: () => T,
  hintFor: (error: unknown) => string | undefined = () => undefined,
): Promise<Awaited<T>> {
  try {
    return await run();
  } catch (error) {
    throw new StoreUnavailableError(operation, error, hintFor(error));
  }
}
