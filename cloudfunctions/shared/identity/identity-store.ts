import type { CloudTransaction } from '../database/transaction';
import type { AccountId } from './account';
import type { IdentityChange, IdentityId, StoredIdentity } from './identity';

/**
 * Where identities are kept: the only seam between this domain and a database. Each method but
 * `change` is one database operation.
 */
export interface IdentityStore {
  /** Those that there are, in no order. At most 100 ids. */
  find(ids: readonly IdentityId[]): Promise<readonly StoredIdentity[]>;
  /** All that lead into the account, the oldest first; at most 100. */
  ofAccount(account: AccountId): Promise<readonly StoredIdentity[]>;
  /**
   * Makes all of the changes or none, in a transaction with whatever `within` makes sure of.
   * `changed`: one of them is not as it was seen, and nothing was done. Resolves to what `within`
   * resolves to, else.
   */
  change<Outcome>(
    changes: readonly IdentityChange[],
    within: (write: (transaction: CloudTransaction) => Promise<void>) => Promise<Outcome>,
  ): Promise<Outcome | 'changed'>;
  /** As `change`, for one, without a transaction. Resolves to whether it did. */
  changeOne(change: IdentityChange): Promise<boolean>;
}

/** For a deployment with one way in. */
export const noIdentities: IdentityStore = {
  find: () => Promise.resolve([]),
  ofAccount: () => Promise.resolve([]),
  change: () => Promise.reject(new Error('this deployment keeps no identities')),
  changeOne: () => Promise.reject(new Error('this deployment keeps no identities')),
};
