/** The errors of the store, as the admin protocol reports them. */
import { DuplicateKey } from './store/collection-indexes';
import { NoSuchCollection } from './store/document-store';
import { NoSuchTransaction, TransactionConflict } from './store/transactions';
import { AdminError, requestFailed } from '../protocol/admin-error';

/** @throws AdminError in place of the errors of the store */
export async function inWrite<T>(collection: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw writeError(collection, error);
  }
}

export function writeError(collection: string, error: unknown): AdminError {
  if (error instanceof DuplicateKey) return duplicate(collection, error.index, error.values);
  if (error instanceof NoSuchCollection) return noSuchCollection(collection);
  if (error instanceof TransactionConflict) {
    return new AdminError(
      'DATABASE_TRANSACTION_CONFLICT',
      '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. Please check your request, but if the problem cannot be solved, contact us.',
    );
  }
  if (error instanceof NoSuchTransaction) return noSuchTransaction();
  return requestFailed(error);
}

export function noSuchCollection(name: string): AdminError {
  return new AdminError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
  );
}

export function noSuchTransaction(): AdminError {
  return new AdminError(
    'DATABASE_TRANSACTION_NOT_EXIST',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist: it was committed, rolled back, or open for too long.',
  );
}

function duplicate(collection: string, index: string, values: unknown): AdminError {
  const shown = JSON.stringify(values);
  return new AdminError(
    'DATABASE_DUPLICATE_WRITE',
    `E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${shown}`,
  );
}
