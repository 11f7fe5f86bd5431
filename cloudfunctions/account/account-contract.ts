/** The function `account`. Types only: the mini program imports them. */
import type { Reply } from '../shared/session/contract';

export interface AccountRequest {
  action: 'delete';
  sessionToken: string;
}

/**
 * Everything that was kept about the person is gone, every session included: the one of this call
 * too. It needs a session that was signed in within the last ten minutes, else `SESSION_NOT_FRESH`.
 */
export type AccountReply = Reply<{
  deleted: true;
  /**
   * How many files the cloud's storage would not remove. Which ones is kept, and nothing else of
   * the person: deleting the account that they sign in to next tries again.
   */
  filesLeft?: number;
}>;
