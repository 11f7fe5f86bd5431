/**
 * Which documents of a collection a query looks at: by ids, by a range of an index, or all of them.
 */
import { describe, expect, test } from '@jest/globals';
import type { SortOrder } from '../../../../../scripts/local-cloud/bson/sort-documents';
import { planQuery } from '../../../../../scripts/local-cloud/database/query/query-plan';
import type {
  Collection,
  Document,
  IndexRange,
  UsableIndex,
} from '../../../../../scripts/local-cloud/database/store/collection';

const index = (name: string, fields: readonly string[], isMultikey = false): UsableIndex => ({
  name,
  keys: fields.map((field) => ({ field, order: 'asc' })),
  unique: false,
  isMultikey,
});

/** What a plan asks of a collection. */
function lookUps(indexes: readonly UsableIndex[], query: object, order?: SortOrder) {
  const asked: unknown[] = [];
  const collection = {
    get: (id: unknown) => void asked.push({ id }),
    all: (): Document[] => {
      asked.push('all');
      return [];
    },
    scan: ({ index: { name }, ...range }: IndexRange): Document[] => {
      asked.push({ name, ...range });
      return [];
    },
  } as unknown as Collection;
  const plan = planQuery(indexes, query as Record<string, unknown>, order);
  expect([...plan.documents(collection)]).toEqual([]);
  return { index: plan.index, isSorted: plan.isSorted, asked };
}

const BY_A = index('by_a', ['a']);
const BY_A_B = index('by_a_b', ['a', 'b']);
const forwards = { backwards: false };

describe('ids', () => {
  test.each<[string, object, readonly unknown[]]>([
    ['one', { _id: 'x' }, ['x']],
    ['one, by eq', { _id: { $eq: 5 } }, [5]],
    ['several, each once, in order', { _id: { $in: ['b', 'a', 'b'] } }, ['a', 'b']],
    ['one within and', { $and: [{ a: 1 }, { _id: 'x' }] }, ['x']],
  ])('are looked up: %s', (_, query, ids) => {
    expect(lookUps([BY_A], query)).toMatchObject({
      index: '_id',
      asked: ids.map((id) => ({ id })),
    });
  });

  test.each<[string, object]>([
    ['a range', { _id: { $gt: 'a' } }],
    ['a pattern', { _id: /a/ }],
    ['one of several conditions', { $or: [{ _id: 'x' }, { a: 1 }] }],
    ['other ids', { _id: { $ne: 'x' } }],
    ['a list with a pattern', { _id: { $in: ['x', /a/] } }],
  ])('are not known from %s', (_, query) => {
    expect(lookUps([], query)).toMatchObject({ index: null, asked: ['all'] });
  });
});

describe('an index', () => {
  test.each<[string, object, object]>([
    ['a value', { a: 1 }, { equal: [1], ...forwards }],
    ['null', { a: null }, { equal: [null], ...forwards }],
    [
      'a range',
      { a: { $gt: 1, $lte: 5 } },
      {
        equal: [],
        from: { value: 1, inclusive: false },
        to: { value: 5, inclusive: true },
        ...forwards,
      },
    ],
    [
      'a range in two conditions',
      { $and: [{ a: { $gte: 1 } }, { a: { $lt: 5 } }] },
      {
        equal: [],
        from: { value: 1, inclusive: true },
        to: { value: 5, inclusive: false },
        ...forwards,
      },
    ],
    [
      'only one bound when they differ in type',
      { a: { $gt: 1, $lt: 'x' } },
      { equal: [], from: { value: 1, inclusive: false }, ...forwards },
    ],
  ])('finds %s', (_, query, range) => {
    expect(lookUps([BY_A], query)).toEqual({
      index: 'by_a',
      isSorted: false,
      asked: [{ name: 'by_a', ...range }],
    });
  });

  test('finds each value of a list', () => {
    const { asked } = lookUps([BY_A], { a: { $in: [2, 1, 2] } });
    expect(asked).toMatchObject([{ equal: [1] }, { equal: [2] }]);
  });

  test('of several fields finds values of the first ones, and a range of the next', () => {
    const { asked } = lookUps([BY_A_B], { a: 1, b: { $gte: 5 } });
    expect(asked).toMatchObject([{ equal: [1], from: { value: 5, inclusive: true } }]);
  });

  test('is not used without a condition on its first field', () => {
    expect(lookUps([BY_A_B], { b: 1 })).toMatchObject({ index: null, asked: ['all'] });
  });

  test.each<[string, object]>([
    ['a pattern', { a: /x/ }],
    ['an object', { a: { x: 1 } }],
    ['an array', { a: [1] }],
    ['what is not', { a: { $ne: 1 } }],
    ['whether the field exists', { a: { $exists: true } }],
    ['a range from null', { a: { $gte: null } }],
    ['one of several conditions', { $or: [{ a: 1 }, { a: 2 }] }],
  ])('does not serve %s', (_, query) => {
    expect(lookUps([BY_A], query).index).toBeNull();
  });

  test('on arrays is narrowed by one bound only: different elements may meet the two', () => {
    const { asked } = lookUps([index('by_a', ['a'], true)], { a: { $gt: 1, $lt: 5 } });
    expect(asked).toEqual([
      { name: 'by_a', equal: [], from: { value: 1, inclusive: false }, ...forwards },
    ]);
  });

  test('with more equal fields is preferred', () => {
    expect(lookUps([BY_A, BY_A_B], { a: 1, b: 2 }).index).toBe('by_a_b');
    expect(lookUps([BY_A_B, index('by_c', ['c'])], { a: { $gt: 1 }, c: 2 }).index).toBe('by_c');
  });
});

describe('an order', () => {
  test.each<[string, UsableIndex, object, SortOrder, backwards: boolean]>([
    ['ascending', BY_A, {}, { a: 1 }, false],
    ['descending', BY_A, {}, { a: -1 }, true],
    ['of two fields', BY_A_B, {}, { a: -1, b: -1 }, true],
    ['of the field after equal ones', BY_A_B, { a: 1 }, { b: -1 }, true],
  ])('is the index’s own: %s', (_, by, query, order, backwards) => {
    expect(lookUps([by], query, order)).toMatchObject({
      index: by.name,
      isSorted: true,
      asked: [{ backwards }],
    });
  });

  test.each<[string, UsableIndex, object, SortOrder]>([
    ['of fields in both directions', BY_A_B, {}, { a: 1, b: -1 }],
    ['of another field', BY_A, {}, { b: 1 }],
    ['of fields in another sequence', BY_A_B, {}, { b: 1, a: 1 }],
    ['on arrays', index('by_a', ['a'], true), {}, { a: 1 }],
    ['of several values', BY_A_B, { a: { $in: [1, 2] } }, { b: 1 }],
  ])('is not the index’s own: %s', (_, by, query, order) => {
    expect(lookUps([by], query, order).isSorted).toBe(false);
  });
});
