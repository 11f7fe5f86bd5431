/**
 * Accounts that an operator has blocked, in the collection `blocked_accounts` (ADMINONLY), one
 * document each.
 */
import type { database } from 'wx-server-sdk';
import { personKey, type AccountId } from '../identity/account';

export interface BlockedAccounts {
  /** One database operation. */
  isBlocked(account: AccountId): Promise<boolean>;
}

export function cloudBlockedAccounts(db: ReturnType<typeof database>): BlockedAccounts {
  const blocked = db.collection('blocked_accounts');
  return {
    async isBlocked(account) {
      const reply: unknown = await blocked.where({ _id: personKey(account) }).get();
      return (reply as { data: unknown[] }).data.length > 0;
    },
  };
}
