/** Which documents a query means, in which order, and which of their fields: `get`, and what writes look for. */
import { Query } from 'mingo/query';
import type { Collection, Document } from '../../state/collection';
import type { Fields } from '../ejson';
import { operatorOptions } from '../operators/context';
import { distanceOrder } from '../operators/query/near-sphere';
import { planQuery, type QueryPlan } from './query-plan';
import { sortDocuments, type SortOrder } from './sort-documents';

export interface FindRequest {
  query: Fields;
  order?: SortOrder;
  skip?: number;
  limit?: number;
}

/** What finding took, for the log of calls. */
export interface FindCost {
  /** The name of the index that was used, `_id` when ids were named, or `null`: every document was looked at. */
  index: string | null;
  /** How many documents were looked at. */
  scanned: number;
}

export interface Found {
  documents: Document[];
  cost: FindCost;
}

export function findDocuments(collection: Collection, request: FindRequest): Found {
  const { query, order, skip = 0, limit = Infinity } = request;
  const plan = planQuery(collection.indexes, query, order);
  const cost: FindCost = { index: plan.index, scanned: 0 };
  const nearness = distanceOrder(query);
  const isInOrder = nearness === undefined && (order === undefined || plan.isSorted);
  const matches = matching(collection, plan, query, cost);
  if (isInOrder) return { documents: take(matches, skip, limit), cost };
  const all = [...matches];
  const sorted =
    order === undefined && nearness !== undefined
      ? all.sort((a, b) => nearness(a) - nearness(b))
      : sortDocuments(all, order ?? {});
  return { documents: sorted.slice(skip, skip + limit), cost };
}

export function countDocuments(
  collection: Collection,
  query: Fields,
): { total: number; cost: FindCost } {
  const plan = planQuery(collection.indexes, query, undefined);
  const cost: FindCost = { index: plan.index, scanned: 0 };
  const matches = matching(collection, plan, query, cost);
  let total = 0;
  while (matches.next().done !== true) total += 1;
  return { total, cost };
}

function* matching(
  collection: Collection,
  plan: QueryPlan,
  query: Fields,
  cost: FindCost,
): Generator<Document> {
  const compiled = new Query<Fields>(query, operatorOptions);
  for (const document of plan.documents(collection)) {
    cost.scanned += 1;
    if (compiled.test(document)) yield document;
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
