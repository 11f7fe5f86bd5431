import type { ActiveSession, Session } from './session';
import type { SessionId, TokenHash } from './session-token';

/**
 * Where sessions are kept: the only seam between the session domain and a database.
 *
 * Every method is one database operation, and every conditional one is atomic in the database itself: two calls that
 * race can't both succeed.
 */
export interface SessionStore {
  /** Writes the session at its id, over whatever is there. */
  put(session: ActiveSession): Promise<void>;
  /** `undefined` when there is none, and for a document that is not a session (somebody edited it by hand). */
  find(id: SessionId): Promise<Session | undefined>;
  /** Removes the session if it still belongs to this token. Resolves to how many were removed: 0 or 1. */
  remove(id: SessionId, tokenHash: TokenHash): Promise<number>;
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
