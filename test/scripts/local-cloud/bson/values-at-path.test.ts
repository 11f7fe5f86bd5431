/**
 * Where a path leads, as MongoDB's manual describes it (tutorial/query-arrays,
 * tutorial/query-embedded-documents).
 */
import { expect, test } from '@jest/globals';
import {
  candidatesAtPath,
  valuesAtPath,
} from '../../../../scripts/local-cloud/bson/values-at-path';

test.each<[title: string, document: object, path: string, values: readonly unknown[]]>([
  ['a field', { a: 1 }, 'a', [1]],
  ['a field that is null', { a: null }, 'a', [null]],
  ['a missing field', { a: 1 }, 'b', [undefined]],
  ['a field of an object', { a: { b: 2 } }, 'a.b', [2]],
  ['a field of what is no object', { a: 1 }, 'a.b', [undefined]],
  ['an array stays whole', { a: [1, 2] }, 'a', [[1, 2]]],
  ['a field of each element', { a: [{ b: 1 }, { b: 2 }] }, 'a.b', [1, 2]],
  ['elements without the field', { a: [{ b: 1 }, { c: 2 }] }, 'a.b', [1, undefined]],
  ['elements that are no objects are skipped', { a: [1, { b: 1 }, [{ b: 2 }]] }, 'a.b', [1]],
  ['a field of no element', { a: [] }, 'a.b', []],
  ['an element by its position', { a: [5, 6] }, 'a.1', [6]],
  // Each element may also have a field with the number as its name.
  ['a field of an element by its position', { a: [7, { b: 2 }] }, 'a.1.b', [2, undefined]],
  ['a position beyond the end', { a: [5] }, 'a.1', []],
  ['a number is also the name of a field', { a: [{ 0: 'x' }] }, 'a.0', [{ 0: 'x' }, 'x']],
  ['a number is the name of a field of an object', { a: { 0: 'x' } }, 'a.0', ['x']],
  ['arrays in elements', { a: [{ b: [{ c: 1 }, { c: 2 }] }, { b: { c: 3 } }] }, 'a.b.c', [1, 2, 3]],
  ['names of an object’s prototype are no fields', { a: {} }, 'a.toString', [undefined]],
  ['a field of a date', { a: new Date(0) }, 'a.b', [undefined]],
])('%s', (_, document, path, values) => {
  expect(valuesAtPath(document, path)).toStrictEqual(values);
});

test('a condition is tested against an array as a whole, and against each element', () => {
  expect(candidatesAtPath({ a: [1, [2]] }, 'a')).toEqual([[1, [2]], 1, [2]]);
  expect(candidatesAtPath({ a: [{ b: [1] }, { b: 2 }] }, 'a.b')).toEqual([[1], 1, 2]);
});
