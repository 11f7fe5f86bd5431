/**
 * How the documents of a query are reached: by their ids, by ranges of an index, or by a full scan.
 */
import { EJSON } from 'bson';
import type {
  Collection,
  Document,
  IndexBound,
  IndexRange,
  UsableIndex,
} from '../store/collection';
import { fitInKey } from '../store/index-keys';
import { isFields, type Fields } from '../../bson/fields';
import { compareBson, sameBson, TYPE_RANKS, typeRank } from '../../bson/bson-order';
import type { SortOrder } from '../../bson/sort-documents';

export interface QueryPlan {
  /** The name of the index, or `_id`; `null`: a full scan. */
  index: string | null;
  /** Whether the documents come in the requested order. */
  isSorted: boolean;
  /** Yields every document that can match, and maybe others. */
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

/** Higher is better: equal fields count most, then a range, then an order that needs no sorting. */
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
  const { from, to } = bounds;
  if (!prefixes.every((equal) => fitInKey([...equal, from?.value, to?.value]))) return undefined;
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
  // A document with an array may be in several ranges.
  const seen = new Set<string>();
  for (const range of ranges) {
    for (const document of collection.scan(range)) {
      const key = EJSON.stringify({ id: document._id });
      if (!seen.has(key)) yield document;
      seen.add(key);
    }
  }
}

/**
 * The direction in which the index gives the order, given that its first `equalFields` are fixed.
 */
function orderDirection(
  { keys }: UsableIndex,
  equalFields: number,
  order: SortOrder | undefined,
): 1 | -1 | undefined {
  const wanted = Object.entries(order ?? {});
  if (wanted.length === 0) return undefined;
  const rest = keys.slice(equalFields);
  const [first] = wanted.map(([, direction]) => direction);
  // Indexes are kept ascending: they serve orders whose fields all have the same direction.
  const fits = wanted.every(
    ([field, direction], position) => rest[position]?.field === field && direction === first,
  );
  return fits ? first : undefined;
}

/** The conditions of a query on one field, all of which must hold. */
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

/** The only values that the field can have, if the condition names them. */
function equalValues(condition: Condition | undefined): unknown[] | undefined {
  for (const [operator, operand] of condition ?? []) {
    if (operator === '$eq' && isKey(operand)) return [operand];
    if (operator === '$in' && Array.isArray(operand) && operand.every(isKey)) {
      return sortedDistinct(operand);
    }
  }
  return undefined;
}

function sortedDistinct(values: readonly unknown[]): unknown[] {
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
  // In an array different elements may meet the two bounds, so only one may narrow the scan.
  const together = !isMultikey && typeRank(from.value) === typeRank(to.value);
  return together ? bounds : { from };
}

/**
 * Whether an index holds the value as it is: objects, patterns and arrays are matched differently.
 */
function isKey(value: unknown): boolean {
  const ranks: readonly number[] = [
    TYPE_RANKS.nothing,
    TYPE_RANKS.number,
    TYPE_RANKS.string,
    TYPE_RANKS.objectId,
    TYPE_RANKS.boolean,
    TYPE_RANKS.date,
  ];
  return ranks.includes(typeRank(value));
}
