import type { AccountId } from '../identity/account';

/** Something that is kept about people, and goes with their account. */
export interface PersonalData {
  /**
   * Removes all of it, except what was last saved by somebody who is signed in: that belongs to a
   * sign-in since. Nothing to remove is no error: the deletion may be repeated. Resolves to how
   * many files the storage would not remove; they stay on record.
   */
  removeAll(account: AccountId, isSignedIn: IsSignedIn): Promise<{ filesLeft: number }>;
}

/** Whether a session, by its public id, is good now. */
export type IsSignedIn = (sessionId: string) => Promise<boolean>;
