/**
 * The actions that begin and end a transaction (https://docs.cloudbase.net/database/transaction).
 */
import type { Fields } from '../bson/fields';
import type { Action } from './request';
import { noSuchTransaction, writeError } from './write-errors';

export const startTransaction: Action = (_body, { store }) => ({
  transactionId: store.beginTransaction(),
  matched: 0,
});

export const commitTransaction: Action = async (body, { store }) => {
  try {
    await store.commit(idOf(body));
  } catch (error) {
    throw writeError('', error);
  }
  return { data: {}, matched: 0 };
};

export const abortTransaction: Action = (body, { store }) => {
  try {
    store.abort(idOf(body));
  } catch (error) {
    throw writeError('', error);
  }
  return { data: {}, matched: 0 };
};

function idOf({ transactionId }: Fields): string {
  if (typeof transactionId === 'string') return transactionId;
  throw noSuchTransaction();
}
