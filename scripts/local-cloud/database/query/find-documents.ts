/** The documents that match a query, in the order that was asked for. */
import type { Collection, Document } from '../store/collection';
import type { CompiledQuery } from './compiled-query';
import { planQuery, type QueryPlan } from './query-plan';
import { sortDocuments, type SortOrder } from '../../bson/sort-documents';

export interface FindRequest {
  query: CompiledQuery;
  order?: SortOrder;
  skip?: number;
  limit?: number;
}

/** What the search took, for the call log. */
export interface FindCost {
  /** The index that was used, or `_id`; `null`: every document was examined. */
  index: string | null;
  /** How many documents were examined. */
  scanned: number;
}

export interface Found {
  documents: Document[];
  cost: FindCost;
}

export function findDocuments(collection: Collection, request: FindRequest): Found {
  const { query, order, skip = 0, limit = Infinity } = request;
  const plan = planQuery(collection.indexes, query.fields, order);
  const cost: FindCost = { index: plan.index, scanned: 0 };
  const { distance } = query;
  const isInOrder = distance === undefined && (order === undefined || plan.isSorted);
  const matches = matching(collection, plan, query, cost);
  if (isInOrder) return { documents: take(matches, skip, limit), cost };
  const all = [...matches];
  const sorted =
    order === undefined && distance !== undefined
      ? all.sort((a, b) => distance(a) - distance(b))
      : sortDocuments(all, order ?? {});
  return { documents: sorted.slice(skip, skip + limit), cost };
}

export function countDocuments(
  collection: Collection,
  query: CompiledQuery,
): { total: number; cost: FindCost } {
  const plan = planQuery(collection.indexes, query.fields, undefined);
  const cost: FindCost = { index: plan.index, scanned: 0 };
  const matches = matching(collection, plan, query, cost);
  let total = 0;
  while (matches.next().done !== true) total += 1;
  return { total, cost };
}

function* matching(
  collection: Collection,
  plan: QueryPlan,
  query: CompiledQuery,
  cost: FindCost,
): Generator<Document> {
  for (const document of plan.documents(collection)) {
    cost.scanned += 1;
    if (query.matches(document)) yield document;
  }
}

function take(documents: Iterable<Document>, skip: number, limit: number): Document[] {
  const taken: Document[] = [];
  if (limit <= 0) return taken;
  let skipped = 0;
  for (const document of documents) {
    if (skipped++ < skip) continue;
    taken.push(document);
    if (taken.length >= limit) break;
  }
  return taken;
}
