/**
 * `orderBy` and `$sort`, as MongoDB's manual describes them (reference/operator/aggregation/sort).
 */
import { describe, expect, test } from '@jest/globals';
import { sortDocuments, type SortOrder } from '../../../../scripts/local-cloud/bson/sort-documents';
import { decodeSortOrder } from '../../../../scripts/local-cloud/bson/sort-order';

const sorted = (values: readonly unknown[], direction: 1 | -1): unknown[] =>
  sortDocuments(
    values.map((a) => ({ a })),
    { a: direction },
  ).map(({ a }) => a);

describe('sorting', () => {
  test('puts an empty array before null, and both before numbers', () => {
    expect(sorted([1, null, [], 0], 1)).toEqual([[], null, 0, 1]);
    expect(sorted([1, null, [], 0], -1)).toEqual([1, 0, null, []]);
  });

  test('takes the smallest element of an array ascending, and the largest descending', () => {
    expect(sorted([[1, 9], 3, [2, 4]], 1)).toEqual([[1, 9], [2, 4], 3]);
    expect(sorted([[1, 9], 3, [2, 4]], -1)).toEqual([[1, 9], [2, 4], 3]);
  });

  test('goes on to the next field where the first is equal, and keeps the rest as it was', () => {
    const documents = [
      { id: 1, a: 1, b: 1 },
      { id: 2, a: 2, b: 1 },
      { id: 3, a: 1, b: 2 },
      { id: 4, a: 1, b: 2 },
    ];
    const order: SortOrder = { a: 1, b: -1 };
    expect(sortDocuments(documents, order).map(({ id }) => id)).toEqual([3, 4, 1, 2]);
    expect(documents.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  test('follows paths into objects and arrays', () => {
    const documents = [{ x: [{ y: 3 }, { y: 9 }] }, { x: { y: 2 } }, {}];
    expect(sortDocuments(documents, { 'x.y': 1 })).toEqual([{}, documents[1], documents[0]]);
  });
});

test.each([undefined, {}, [], 'a', { a: 2 }, { a: '1' }, { a: 1, b: 0 }])(
  'an order that is not 1 or -1 for at least one field is refused: %j',
  (order) => {
    expect(() => decodeSortOrder('orderBy', order)).toThrow(TypeError);
  },
);
