/**
 * The errors of the store, as the admin protocol reports them. What it says of transactions is
 * documented (https://docs.cloudbase.net/error-code/DATABASE_TRANSACTION_FAIL), word for word in the
 * tests of the platform's own SDK.
 */
import { DuplicateKey } from './store/collection-indexes';
import { NotWritten } from './store/commit';
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
      '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. Please check your request, but if the problem persists, contact us.',
    );
  }
  if (error instanceof NoSuchTransaction) return noSuchTransaction();
  if (error instanceof NotWritten) return notWritten(error);
  return requestFailed(error);
}

export function noSuchCollection(name: string): AdminError {
  return new AdminError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
  );
}

/** Committed, rolled back, or open for too long. */
export function noSuchTransaction(): AdminError {
  return new AdminError(
    'DATABASE_TRANSACTION_FAIL',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds. Please check your request, but if the problem persists, contact us.',
  );
}

/** In the terminal too: whoever makes room on the disk may not see the answer. */
function notWritten({ message }: NotWritten): AdminError {
  console.error(message);
  return new AdminError('SYS_ERR', message);
}

function duplicate(collection: string, index: string, values: unknown): AdminError {
  const shown = JSON.stringify(values);
  return new AdminError(
    'DATABASE_DUPLICATE_WRITE',
    `E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${shown}`,
  );
}
