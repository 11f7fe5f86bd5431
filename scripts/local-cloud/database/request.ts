/** What the requests of the SDKs have in common: a collection, a query, an order, a number of documents. */
import { operatorOptions } from './operators/context';
import { Query } from 'mingo/query';
import type { DocumentStore } from '../state/document-store';
import { AdminError, requestFailed } from './admin-error';
import { decodeEjson, type Fields } from './ejson';
import type { FindCost } from './query/find-documents';
import { decodeSortOrder } from './query/sort-order';
import type { SortOrder } from './query/sort-documents';

export interface ActionContext {
  store: DocumentStore;
  nowMs: number;
}

export interface ActionResult {
  /** Goes to the SDK. */
  data?: Fields;
  /** Goes to the SDK, beside `data`. */
  transactionId?: string;
  /** How many documents were read, written or removed, for the log of calls. */
  matched: number;
  cost?: FindCost;
}

export type Action = (body: Fields, context: ActionContext) => ActionResult | Promise<ActionResult>;

/** @throws AdminError when it is not there */
export function existingCollection(body: Fields, { store }: ActionContext): string {
  const { collectionName: name } = body;
  if (typeof name !== 'string' || name === '') {
    throw new AdminError('INVALID_PARAM', 'collectionName must be a string');
  }
  if (!store.hasCollection(name)) throw noSuchCollection(name);
  return name;
}

export function noSuchCollection(name: string): AdminError {
  return new AdminError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
  );
}

/** @throws AdminError also for an operator that does not exist, whether or not there are documents to look at */
export function queryOf({ query = '{}' }: Fields, { nowMs }: ActionContext): Fields {
  const decoded = decodeEjson('query', query, nowMs);
  try {
    new Query(decoded, operatorOptions);
  } catch (error) {
    throw requestFailed(error);
  }
  return decoded;
}

export function orderOf({ order }: Fields, { nowMs }: ActionContext): SortOrder | undefined {
  if (order === undefined) return undefined;
  try {
    return decodeSortOrder('orderBy', decodeEjson('order', order, nowMs));
  } catch (error) {
    throw requestFailed(error);
  }
}

export function projectionOf({ projection }: Fields, { nowMs }: ActionContext): Fields | undefined {
  return projection === undefined ? undefined : decodeEjson('projection', projection, nowMs);
}

export function transactionOf({ transactionId }: Fields): string | undefined {
  return typeof transactionId === 'string' ? transactionId : undefined;
}

export function wholeNumber(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
}
