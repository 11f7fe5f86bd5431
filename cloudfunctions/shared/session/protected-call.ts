/** What a protected function is given, and what it may ask for. Types only, and none of the SDK. */
import type { CloudTransaction } from '../database/transaction';
import type { AccountId } from '../identity/account';
import type { Caller } from '../identity/caller';
import type { Refusal, SessionInfo } from './contract';
import type { Fields } from './request';

export interface ProtectedCall {
  /**
   * What the mini program sent, without the token. The caller wrote it: check every field before
   * you use it.
   */
  data: Fields;
  /**
   * Whose data this is about: the key for what your app keeps about a person. It is the same
   * whichever way they signed in, and on whichever WeChat.
   */
  account: AccountId;
  /** Who calls. WeChat vouches for it. It may be another WeChat than the one of the account. */
  caller: Caller;
  session: SessionInfo;
  /** The time of the call. */
  now: Date;
  /**
   * Runs the writes in a transaction that commits only while the session is good; otherwise nothing
   * is written and the refusal says why. For what is created for a person: an account that is
   * deleted meanwhile leaves nothing behind. Costs four database operations besides the writes;
   * updating what exists does not need it. May run `write` several times.
   */
  whileSignedIn: (
    write: (transaction: CloudTransaction) => Promise<void>,
  ) => Promise<{ ok: true } | Refusal>;
  /** Logs a failure that did not stop the call. */
  report: (error: unknown) => void;
}

/** A call whose session has ended, so that its handler does not run. */
export type RefusedCall = Pick<ProtectedCall, 'data' | 'account' | 'caller' | 'report'> &
  Pick<Refusal, 'code'>;

export interface Protection {
  /**
   * How recently the person must have signed in, in milliseconds, for what can't be undone; else
   * the call is refused with `SESSION_NOT_FRESH`, and the mini program asks them to sign in again
   * and carries on. A function decides it by the data of the call; `undefined`: at any time.
   */
  freshWithinMs?: number | ((data: Fields) => number | undefined);
  /**
   * Cleans up after a refused call, such as removing what was uploaded for it; what it throws is
   * logged.
   */
  tidyUp?: (call: RefusedCall) => Promise<void>;
}
