import type { CloudTransaction } from '../database/transaction';
import type { ActiveSession, Session } from '../session/session';
import type { SessionId } from '../session/session-token';
import type { Approval, DeviceGrant, DeviceGrantId } from './device-grant';

/** Makes sure that the writes take place only while the approving session is good. */
export type Within = (write: (transaction: CloudTransaction) => Promise<void>) => Promise<boolean>;

export interface Redemption {
  id: DeviceGrantId;
  /** The places for web sessions of the account. */
  slots: readonly SessionId[];
  /** The new session, by what is in those places. Runs again when others write meanwhile. */
  issue: (found: readonly Session[]) => ActiveSession;
}

/**
 * Where requests of web pages are kept. Each method but `redeem` is one database operation, and
 * atomic: of two that decide about one request, the database lets one be first.
 */
export interface DeviceGrantStore {
  /** Resolves to whether it is kept; `false`: another request has the same user code. */
  add(grant: DeviceGrant): Promise<boolean>;
  /** `undefined` for a document that is no request, too. */
  find(id: DeviceGrantId): Promise<DeviceGrant | undefined>;
  /**
   * Lets the page in, if nobody has decided and it has not expired; then its time
   * begins anew. Resolves to whether it did.
   */
  approve(id: DeviceGrantId, approval: Approval, now: Date): Promise<boolean>;
  /** Turns the page away, under the same conditions. */
  deny(id: DeviceGrantId, now: Date): Promise<boolean>;
  /**
   * Puts the session into its place and the request to `redeemed`, both or neither. Resolves to the
   * session; `ended`: the approving session is not good any more; `used`: it was redeemed before.
   */
  redeem(redemption: Redemption, within: Within): Promise<ActiveSession | 'ended' | 'used'>;
}
