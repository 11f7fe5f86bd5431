/** Where documents stand in an index: keys that lmdb sorts as the database sorts the values. */
import { describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import { compareBson } from '../../../../../scripts/local-cloud/bson/bson-order';
import type { IndexDefinition } from '../../../../../scripts/local-cloud/database/store/collection';
import {
  entryKey,
  indexEntries,
  IndexValueTooLong,
  keyRange,
} from '../../../../../scripts/local-cloud/database/store/index-keys';

const on = (...fields: string[]): IndexDefinition => ({
  name: 'i',
  keys: fields.map((field) => ({ field, order: 'asc' })),
  unique: false,
});
const valuesOf = (document: object, ...fields: string[]): unknown[][] =>
  indexEntries(on(...fields), { _id: 'x', ...document }).values.map((parts) =>
    parts.map(([, value]) => value),
  );

describe('a document has an entry', () => {
  test('for its value, also for a missing one, which is null', () => {
    expect(valuesOf({ a: 5 }, 'a')).toEqual([[5]]);
    expect(valuesOf({}, 'a')).toEqual(valuesOf({ a: null }, 'a'));
    expect(valuesOf({}, 'a')).toHaveLength(1);
  });

  test('for each element of an array, once', () => {
    expect(valuesOf({ a: [1, 2, 1] }, 'a')).toEqual([[1], [2]]);
    expect(valuesOf({ a: [{ b: 1 }, { b: 2 }] }, 'a.b')).toEqual([[1], [2]]);
    expect(valuesOf({ a: [] }, 'a')).toHaveLength(1);
  });

  test('for each combination of values of several fields', () => {
    expect(valuesOf({ a: [1, 2], b: 'x' }, 'a', 'b')).toEqual([
      [1, 'x'],
      [2, 'x'],
    ]);
  });

  test.each<[object, boolean]>([
    [{ a: 1 }, false],
    [{}, false],
    [{ a: [1] }, true],
    [{ a: [] }, true],
  ])('and makes the index one on arrays only with an array: %j', (document, isMultikey) => {
    expect(indexEntries(on('a'), { _id: 'x', ...document }).isMultikey).toBe(isMultikey);
  });

  test('unless a value is too long for an index', () => {
    expect(valuesOf({ a: 'x'.repeat(1_024) }, 'a')).toHaveLength(1);
    expect(() => valuesOf({ a: 'x'.repeat(1_025) }, 'a')).toThrow(IndexValueTooLong);
    expect(() => valuesOf({ a: '中'.repeat(342) }, 'a')).toThrow(IndexValueTooLong);
  });
});

test('keys are in the order of the values', () => {
  const values = [
    null,
    NaN,
    -1.5,
    0,
    2,
    'a',
    'b',
    new ObjectId('000000000000000000000001'),
    false,
    true,
    new Date(-5),
    new Date(5),
  ];
  const keys = values.map((a) => {
    const [parts = []] = indexEntries(on('a'), { _id: 'x', a }).values;
    return { a, key: entryKey('i', parts, 1).slice(1, 3) as [number, string | number] };
  });
  const byKey = [...keys].sort(({ key: a }, { key: b }) =>
    a[0] === b[0] ? (a[1] < b[1] ? -1 : 1) : a[0] - b[0],
  );
  expect(byKey.map(({ a }) => a)).toEqual(values);
  expect([...values].sort(compareBson)).toEqual(values);
});

test('NaN, which lmdb can’t sort, comes before every number; 0 and -0 are one key', () => {
  expect(valuesOf({ a: NaN }, 'a')).toEqual([[-Infinity]]);
  expect(valuesOf({ a: -0 }, 'a')).toEqual([[0]]);
});

describe('a range', () => {
  const bounds = (range: object) =>
    keyRange({ index: on('a'), equal: [], backwards: false, ...range });
  const NUMBER = 2;

  test.each<[string, object, { start: unknown[]; end: unknown[] }]>([
    [
      'with both bounds lies between them',
      { from: { value: 1, inclusive: true }, to: { value: 5, inclusive: false } },
      { start: ['i', NUMBER, 1], end: ['i', NUMBER, 5] },
    ],
    [
      'without its bounds leaves their values out',
      { from: { value: 1, inclusive: false }, to: { value: 5, inclusive: true } },
      { start: ['i', NUMBER, 1, '\u{10ffff}'], end: ['i', NUMBER, 5, '\u{10ffff}'] },
    ],
    [
      'with one bound ends with its type',
      { from: { value: 1, inclusive: true } },
      { start: ['i', NUMBER, 1], end: ['i', NUMBER + 1] },
    ],
    [
      'up to a bound begins with its type',
      { to: { value: 5, inclusive: false } },
      { start: ['i', NUMBER], end: ['i', NUMBER, 5] },
    ],
    [
      'of equal values holds all that follows them',
      { equal: [5] },
      { start: ['i', NUMBER, 5], end: ['i', NUMBER, 5, '\u{10ffff}'] },
    ],
  ])('%s', (_, range, expected) => {
    expect(bounds(range)).toEqual(expected);
  });
});
