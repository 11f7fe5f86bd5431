/** The parts of a request that several actions share: collection, query, order, transaction. */
import type { DocumentStore } from './store/document-store';
import { AdminError, requestFailed } from '../protocol/admin-error';
import type { Fields } from '../bson/fields';
import { decodeEjson } from '../protocol/ejson';
import { compileQuery, type CompiledQuery } from './query/compiled-query';
import type { FindCost } from './query/find-documents';
import { decodeSortOrder } from '../bson/sort-order';
import type { SortOrder } from '../bson/sort-documents';
import { noSuchCollection } from './write-errors';

export interface ActionContext {
  store: DocumentStore;
  nowMs: number;
}

export interface ActionResult {
  /** Sent to the SDK. */
  data?: Fields;
  /** Sent to the SDK, beside `data`. */
  transactionId?: string;
  /** How many documents were read, written or removed, for the call log. */
  matched: number;
  cost?: FindCost;
}

export type Action = (body: Fields, context: ActionContext) => ActionResult | Promise<ActionResult>;

/** @throws AdminError when there is no such collection */
export function existingCollection(body: Fields, { store }: ActionContext): string {
  const { collectionName: name } = body;
  if (typeof name !== 'string' || name === '') {
    throw new AdminError('INVALID_PARAM', 'collectionName must be a string');
  }
  if (!store.hasCollection(name)) throw noSuchCollection(name);
  return name;
}

/** @throws AdminError also for an unknown operator, even if the collection is empty */
export function queryOf({ query = '{}' }: Fields, { nowMs }: ActionContext): CompiledQuery {
  const fields = decodeEjson('query', query, nowMs);
  try {
    return compileQuery(fields, nowMs);
  } catch (error) {
    throw requestFailed(error);
  }
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

export function countOr(fallback: number, value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
}
