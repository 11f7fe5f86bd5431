/**
 * The order of values of different types, and when two values are equal
 * (https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/).
 */
import { EJSON, ObjectId } from 'bson';
import { isFields } from '../bson/fields';

/** The order of the types. Values of different types are ordered by it, whatever they are. */
export const TYPE_RANKS = {
  nothing: 1,
  number: 2,
  string: 3,
  object: 4,
  array: 5,
  binary: 6,
  objectId: 7,
  boolean: 8,
  date: 9,
  regularExpression: 10,
  other: 11,
} as const;

export type TypeRank = (typeof TYPE_RANKS)[keyof typeof TYPE_RANKS];

/** A missing field ranks with null. */
export function typeRank(value: unknown): TypeRank {
  if (value === undefined || value === null) return TYPE_RANKS.nothing;
  if (typeof value === 'number' || typeof value === 'bigint') return TYPE_RANKS.number;
  if (typeof value === 'string') return TYPE_RANKS.string;
  if (typeof value === 'boolean') return TYPE_RANKS.boolean;
  if (Array.isArray(value)) return TYPE_RANKS.array;
  if (value instanceof Date) return TYPE_RANKS.date;
  if (value instanceof RegExp) return TYPE_RANKS.regularExpression;
  if (value instanceof ObjectId) return TYPE_RANKS.objectId;
  if (isFields(value)) return TYPE_RANKS.object;
  switch ((value as { _bsontype?: unknown })._bsontype) {
    case 'Long':
    case 'Int32':
    case 'Double':
    case 'Decimal128':
      return TYPE_RANKS.number;
    case 'Binary':
      return TYPE_RANKS.binary;
    default:
      return TYPE_RANKS.other;
  }
}

/** Whether the value has any of the database's number types. */
export function isNumber(value: unknown): boolean {
  return typeRank(value) === TYPE_RANKS.number;
}

/** Negative, zero or positive, as `Array.sort` expects. */
export function compareBson(a: unknown, b: unknown): number {
  const rank = typeRank(a);
  const byType = rank - typeRank(b);
  if (byType !== 0) return byType;
  switch (rank) {
    case TYPE_RANKS.nothing:
      return 0;
    case TYPE_RANKS.number:
      return compareNumbers(Number(a), Number(b));
    case TYPE_RANKS.string:
      return compareStrings(a as string, b as string);
    case TYPE_RANKS.object:
      return compareLists(Object.entries(a as object).flat(), Object.entries(b as object).flat());
    case TYPE_RANKS.array:
      return compareLists(a as unknown[], b as unknown[]);
    case TYPE_RANKS.boolean:
      return Number(a) - Number(b);
    case TYPE_RANKS.date:
      return compareNumbers((a as Date).getTime(), (b as Date).getTime());
    case TYPE_RANKS.objectId:
      return compareStrings((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case TYPE_RANKS.regularExpression:
      return compareStrings(String(a), String(b));
    case TYPE_RANKS.binary:
    case TYPE_RANKS.other:
      return compareStrings(EJSON.stringify({ a }), EJSON.stringify({ a: b }));
  }
}

export function sameBson(a: unknown, b: unknown): boolean {
  return compareBson(a, b) === 0;
}

/** Of equal values only the first is kept. */
export function distinct(values: readonly unknown[]): unknown[] {
  const found = new Map<string, unknown>();
  for (const value of values) {
    const key = distinctKey(value);
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

/** Equal values, and only they, have the same key. */
function distinctKey(value: unknown): string {
  return isNumber(value) ? Number(value).toString() : EJSON.stringify({ value });
}

/** NaN is less than every number, and equals itself. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : Number(a > b);
}

/** By UTF-8 bytes, which is by code points; JavaScript orders by UTF-16 units. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [index, value] of a.entries()) {
    if (index >= b.length) return 1;
    const order = compareBson(value, b[index]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
