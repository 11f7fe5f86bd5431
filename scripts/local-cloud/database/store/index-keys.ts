/** The keys of a document in an index, which lmdb sorts as the database sorts the values. */
import { EJSON, ObjectId } from 'bson';
import { InvalidRequest } from '../../bson/invalid-request';
import { TYPE_RANKS, typeRank } from '../../bson/bson-order';
import { valuesAtPath } from '../../bson/values-at-path';
import type { Document, IndexDefinition, IndexRange } from './collection';

/** An indexed value: its type, and what sorts it within the type. */
type KeyPart = readonly [rank: number, value: string | number];

/**
 * The name of the index, two elements for each value, and the number of the document: equal values
 * come in the order of insertion.
 */
export type IndexKey = (string | number)[];

/** In bytes (https://cloud.tencent.com/document/product/876/32310). */
const MAX_VALUE_BYTES = 1_024;

/** In bytes. lmdb takes keys of 1,978 bytes; the rest is for the numbers and the name of the index. */
const MAX_VALUES_BYTES = 1_600;

export class IndexValueTooLong extends InvalidRequest {
  override readonly name = 'IndexValueTooLong';

  constructor(index: string, maxBytes: number) {
    super(`a value of the index ${index} is over ${maxBytes} bytes`);
  }
}

export interface IndexEntries {
  /** Each combination of values once. */
  values: readonly (readonly KeyPart[])[];
  isMultikey: boolean;
}

/**
 * A document with an array has one entry for each element.
 *
 * @throws IndexValueTooLong
 */
export function indexEntries({ name, keys }: IndexDefinition, document: Document): IndexEntries {
  let combinations: KeyPart[][] = [[]];
  let isMultikey = false;
  for (const { field } of keys) {
    const values = valuesAtPath(document, field).flatMap((value) => {
      if (!Array.isArray(value)) return [value];
      isMultikey = true;
      return value.length === 0 ? [undefined] : (value as unknown[]);
    });
    if (values.length !== 1) isMultikey = true;
    const parts = distinctParts(values.length === 0 ? [undefined] : values);
    combinations = combinations.flatMap((before) => parts.map((part) => [...before, part]));
  }
  for (const values of combinations) checkLength(name, values);
  return { values: combinations, isMultikey };
}

/** Whether an index can be asked for these values: no document is stored with longer ones. */
export function fitInKey(values: readonly unknown[]): boolean {
  const bytes = values.map((value) => (typeof value === 'string' ? Buffer.byteLength(value) : 8));
  return bytes.reduce((sum, length) => sum + length, 0) <= MAX_VALUES_BYTES;
}

function checkLength(index: string, values: readonly KeyPart[]): void {
  const lengths = values.map(([, value]) =>
    typeof value === 'string' ? Buffer.byteLength(value) : 8,
  );
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (Math.max(...lengths) > MAX_VALUE_BYTES || total > MAX_VALUES_BYTES) {
    throw new IndexValueTooLong(index, MAX_VALUE_BYTES);
  }
}

export function entryKey(index: string, values: readonly KeyPart[], record: number): IndexKey {
  return [index, ...values.flat(), record];
}

/** The bounds of all keys with this beginning: `start` is inclusive, `end` exclusive. */
export function valuesRange(beginning: IndexKey): { start: IndexKey; end: IndexKey } {
  return { start: beginning, end: [...beginning, ...AFTER_EVERY_KEY] };
}

/** lmdb sorts strings after numbers, and no string after this one. */
const AFTER_EVERY_KEY: IndexKey = ['\u{10ffff}'];

/** The bounds of a range in lmdb: `start` is inclusive, `end` exclusive. */
export function keyRange({ index, equal, from, to }: IndexRange): {
  start: IndexKey;
  end: IndexKey;
} {
  const prefix: IndexKey = [index.name, ...equal.map(keyPart).flat()];
  if (from === undefined && to === undefined) {
    return { start: prefix, end: [...prefix, ...AFTER_EVERY_KEY] };
  }
  const start = from === undefined ? undefined : keyPart(from.value);
  const end = to === undefined ? undefined : keyPart(to.value);
  const rank = (start ?? end)?.[0] ?? 0;
  return {
    start:
      start === undefined
        ? [...prefix, rank]
        : [...prefix, ...start, ...(from?.inclusive === true ? [] : AFTER_EVERY_KEY)],
    end:
      end === undefined
        ? [...prefix, rank + 1]
        : [...prefix, ...end, ...(to?.inclusive === true ? AFTER_EVERY_KEY : [])],
  };
}

function distinctParts(values: readonly unknown[]): KeyPart[] {
  const parts = new Map<string, KeyPart>();
  for (const value of values) {
    const part = keyPart(value);
    parts.set(part.join(':'), part);
  }
  return [...parts.values()];
}

function keyPart(value: unknown): KeyPart {
  const rank = typeRank(value);
  if (rank === TYPE_RANKS.nothing) return [rank, 0];
  if (rank === TYPE_RANKS.number) return [rank, numberKey(Number(value))];
  if (rank === TYPE_RANKS.boolean) return [rank, Number(value)];
  if (typeof value === 'string') return [rank, value];
  if (value instanceof Date) return [rank, value.getTime()];
  if (value instanceof ObjectId) return [rank, value.toHexString()];
  return [rank, EJSON.stringify({ value })];
}

/** lmdb can't sort NaN, which comes before every number, and takes 0 and -0 for two keys. */
function numberKey(value: number): number {
  return Number.isNaN(value) ? -Infinity : value + 0;
}
