/**
 * Which element `$` stands for:
 * https://www.mongodb.com/docs/manual/reference/operator/update/positional/.
 */
import { expect, test } from '@jest/globals';
import { positionFinder } from '../../../../../scripts/local-cloud/database/query/found-position';

test.each<[title: string, array: readonly unknown[], query: object, position: number]>([
  ['the first element that is equal', [5, 7, 7], { list: 7 }, 1],
  ['the first element of a range', [1, 5, 9], { list: { $gt: 4 } }, 1],
  ['by a field of the elements', [{ n: 1 }, { n: 2 }], { 'list.n': 2 }, 1],
  ['by elemMatch', [{ n: 1 }, { n: 2, m: 3 }], { list: { $elemMatch: { n: 2, m: 3 } } }, 1],
  ['one that fulfils all conditions', [{ n: 1 }, { n: 1, m: 1 }], { 'list.m': 1, 'list.n': 1 }, 1],
  ['else by the last condition', [{ n: 1 }, { m: 1 }], { 'list.n': 1, 'list.m': 1 }, 1],
  ['conditions within and', [{ n: 1 }, { n: 2 }], { $and: [{ 'list.n': 2 }, { other: 1 }] }, 1],
  ['conditions within or', [1, 2], { $or: [{ list: 2 }, { list: 3 }] }, 1],
  ['an element that lacks the field', [{ n: 1 }, { m: 1 }], { 'list.m': null }, 0],
  ['an element without the field', [{ m: 1 }, { n: 1 }], { 'list.m': { $exists: false } }, 1],
  ['conditions on other fields don’t count', [1, 2], { other: 1, list: 2 }, 1],
])('%s', (_, list, query, position) => {
  expect(positionFinder(query as Record<string, unknown>, 'list')({ list })).toBe(position);
});

test.each<[string, object, object]>([
  ['a query without a condition on the array', { other: 1 }, { list: [1] }],
  ['a condition that no element fulfils', { list: { $ne: 1 } }, { list: [1] }],
  ['no array', { list: 1 }, { list: 1 }],
])('%s gives no element', (_, query, document) => {
  const find = positionFinder(query as Record<string, unknown>, 'list');
  expect(() => find(document as Record<string, unknown>)).toThrow(TypeError);
});

test('one finder serves many documents', () => {
  const find = positionFinder({ list: 1 }, 'list');
  expect([[1], [0, 1], [0, 0, 1]].map((list) => find({ list }))).toEqual([0, 1, 2]);
});
