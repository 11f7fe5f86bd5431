/** How the documents that a query may mean are reached: by their ids, by a stretch of an index, or one after the other. */
import { EJSON } from 'bson';
import type {
  Collection,
  Document,
  IndexBound,
  IndexRange,
  UsableIndex,
} from '../../state/collection';
import { isFields, type Fields } from '../ejson';
import { compareBson, sameBson, TYPE_RANKS, typeRank } from './bson-order';
import type { SortOrder } from './sort-documents';

export interface QueryPlan {
  /** The index's name; `_id`; `null`: none. */
  index: string | null;
  /** Whether the documents come in the order that was asked for. */
  isSorted: boolean;
  /** All that can match, and maybe more. */
  documents(collection: Collection): Iterable<Document>;
}

export function planQuery(
  indexes: readonly UsableIndex[],
  query: Fields,
  order: SortOrder | undefined,
): QueryPlan {
  const conditions = conditionsOf(query);
  const ids = equalValues(conditions.get('_id'));
  if (ids !== undefined) {
    return {
      index: '_id',
      isSorted: ids.length <= 1,
      documents: (collection) => ids.flatMap((id) => collection.get(id) ?? []),
    };
  }
  const [best] = indexes
    .map((index) => planIndex(index, conditions, order))
    .filter((plan) => plan !== undefined)
    .sort((a, b) => b.worth - a.worth);
  return best ?? { index: null, isSorted: false, documents: (collection) => collection.all() };
}

/** More is better: fields that are equal, then a range, then an order that needs no sorting. */
interface WorthyPlan extends QueryPlan {
  worth: number;
}

function planIndex(
  index: UsableIndex,
  conditions: ReadonlyMap<string, Condition>,
  order: SortOrder | undefined,
): WorthyPlan | undefined {
  let prefixes: unknown[][] = [[]];
  let equalFields = 0;
  for (const { field } of index.keys) {
    const values = equalValues(conditions.get(field));
    if (values === undefined) break;
    prefixes = prefixes.flatMap((prefix) => values.map((value) => [...prefix, value]));
    equalFields += 1;
  }
  const next = index.keys[equalFields];
  const bounds = next === undefined ? {} : boundsOf(conditions.get(next.field), index.isMultikey);
  const hasBounds = 'from' in bounds || 'to' in bounds;
  const direction = prefixes.length === 1 ? orderDirection(index, equalFields, order) : undefined;
  const isSorted = direction !== undefined && !index.isMultikey;
  if (equalFields === 0 && !hasBounds && !isSorted) return undefined;
  const ranges = prefixes.map((equal): IndexRange => ({
    index,
    equal,
    ...bounds,
    backwards: isSorted && direction === -1,
  }));
  return {
    index: index.name,
    isSorted,
    worth: equalFields * 4 + (hasBounds ? 2 : 0) + (isSorted ? 1 : 0),
    documents: (collection) => scanAll(collection, ranges),
  };
}

function* scanAll(collection: Collection, ranges: readonly IndexRange[]): Generator<Document> {
  if (ranges.length === 1 && ranges[0] !== undefined) {
    yield* collection.scan(ranges[0]);
    return;
  }
  // A document with an array may be in several.
  const seen = new Set<string>();
  for (const range of ranges) {
    for (const document of collection.scan(range)) {
      const key = EJSON.stringify({ id: document._id });
      if (!seen.has(key)) yield document;
      seen.add(key);
    }
  }
}

/** 1 or -1 when reading the index that way gives the order; the fields before `equalFields` are all the same. */
function orderDirection(
  { keys }: UsableIndex,
  equalFields: number,
  order: SortOrder | undefined,
): 1 | -1 | undefined {
  const wanted = Object.entries(order ?? {});
  if (wanted.length === 0) return undefined;
  const rest = keys.slice(equalFields);
  const [first] = wanted.map(([, direction]) => direction);
  // Every index is kept upwards: it serves an order whose fields go the same way.
  const fits = wanted.every(
    ([field, direction], position) => rest[position]?.field === field && direction === first,
  );
  return fits ? first : undefined;
}

/** What a query says about one field, all of which has to hold. */
type Condition = readonly (readonly [operator: string, operand: unknown])[];

function conditionsOf(query: Fields): Map<string, Condition> {
  const conditions = new Map<string, Condition>();
  for (const [field, value] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(value)) {
      for (const part of value.filter(isFields)) {
        for (const [name, condition] of conditionsOf(part)) {
          conditions.set(name, [...(conditions.get(name) ?? []), ...condition]);
        }
      }
    }
    if (field.startsWith('$')) continue;
    const operators = isFields(value) ? Object.entries(value) : [];
    const isOperator = operators.length > 0 && operators.every(([name]) => name.startsWith('$'));
    const condition: Condition = isOperator ? operators : [['$eq', value]];
    conditions.set(field, [...(conditions.get(field) ?? []), ...condition]);
  }
  return conditions;
}

/** The only values the field can have, when the condition says so. */
function equalValues(condition: Condition | undefined): unknown[] | undefined {
  for (const [operator, operand] of condition ?? []) {
    if (operator === '$eq' && isKey(operand)) return [operand];
    if (operator === '$in' && Array.isArray(operand) && operand.every(isKey)) {
      return distinct(operand);
    }
  }
  return undefined;
}

/** In the order of an index. */
function distinct(values: readonly unknown[]): unknown[] {
  return [...values]
    .sort(compareBson)
    .filter((value, position, sorted) => position === 0 || !sameBson(value, sorted[position - 1]));
}

function boundsOf(
  condition: Condition | undefined,
  isMultikey: boolean,
): { from?: IndexBound; to?: IndexBound } {
  const bounds: { from?: IndexBound; to?: IndexBound } = {};
  for (const [operator, value] of condition ?? []) {
    if (!isKey(value) || typeRank(value) === TYPE_RANKS.nothing) continue;
    const inclusive = operator === '$gte' || operator === '$lte';
    if (operator === '$gt' || operator === '$gte') bounds.from ??= { value, inclusive };
    if (operator === '$lt' || operator === '$lte') bounds.to ??= { value, inclusive };
  }
  const { from, to } = bounds;
  if (from === undefined || to === undefined) return bounds;
  // One element of an array may be above the one, another below the other: only one bound may narrow the scan.
  const together = !isMultikey && typeRank(from.value) === typeRank(to.value);
  return together ? bounds : { from };
}

/** Whether the value stands in an index as itself: shapes, patterns and arrays are compared in other ways. */
function isKey(value: unknown): boolean {
  const ranks: readonly number[] = [
    TYPE_RANKS.nothing,
    TYPE_RANKS.number,
    TYPE_RANKS.text,
    TYPE_RANKS.objectId,
    TYPE_RANKS.boolean,
    TYPE_RANKS.date,
  ];
  return ranks.includes(typeRank(value));
}
