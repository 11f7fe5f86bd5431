/**
 * The places that a path of an update leads to, as MongoDB's manual describes them
 * (reference/operator/update).
 */
import { describe, expect, test } from '@jest/globals';
import {
  placesOf,
  put,
  take,
  valueAt,
  type Way,
} from '../../../../../scripts/local-cloud/database/update/places';

type Fields = Record<string, unknown>;
const found =
  (position: number): Way['foundAt'] =>
  () =>
    position;
const creating: Way = { creates: true, foundAt: found(1) };
const reading: Way = { creates: false, foundAt: found(1) };

const setAt = (document: Fields, path: string): Fields => {
  for (const place of placesOf(document, path, creating)) put(place, 'new');
  return document;
};
const valuesOf = (document: Fields, path: string): unknown[] =>
  placesOf(document, path, reading).map(valueAt);

describe('a path that is written to', () => {
  test.each<[string, Fields, string, Fields]>([
    ['a field', { a: 1 }, 'a', { a: 'new' }],
    ['a missing field', {}, 'a', { a: 'new' }],
    ['missing objects on the way', {}, 'a.b.c', { a: { b: { c: 'new' } } }],
    ['a number as the name of a field', {}, 'a.0', { a: { 0: 'new' } }],
    ['an element', { a: [1, 2] }, 'a.1', { a: [1, 'new'] }],
    ['an element beyond the end', { a: [1] }, 'a.3', { a: [1, null, null, 'new'] }],
    ['a field of an element', { a: [{ b: 1 }] }, 'a.0.b', { a: [{ b: 'new' }] }],
    ['a field of a new element', { a: [] }, 'a.0.b', { a: [{ b: 'new' }] }],
    ['the element that was found', { a: [1, 2, 3] }, 'a.$', { a: [1, 'new', 3] }],
    ['a field of it', { a: [{}, {}] }, 'a.$.b', { a: [{}, { b: 'new' }] }],
    ['every element', { a: [1, 2] }, 'a.$[]', { a: ['new', 'new'] }],
    ['a field of every element', { a: [{}, {}] }, 'a.$[].b', { a: [{ b: 'new' }, { b: 'new' }] }],
    ['every element of every element', { a: [[1], [2]] }, 'a.$[].$[]', { a: [['new'], ['new']] }],
  ])('%s', (_, document, path, expected) => {
    expect(setAt(document, path)).toEqual(expected);
  });

  test('a name of the prototype is a field like any other', () => {
    const document = setAt({}, '__proto__');
    expect(Object.keys(document)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
  });
});

describe('a path that is only read', () => {
  test.each<[string, Fields, string, readonly unknown[]]>([
    ['leads to a field', { a: { b: 1 } }, 'a.b', [1]],
    ['leads to a place without a value', { a: {} }, 'a.b', [undefined]],
    ['leads nowhere where something is missing', {}, 'a.b', []],
    ['leads nowhere in a value that holds no fields', { a: 1 }, 'a.b', []],
    ['leads nowhere by a name in an array', { a: [{ b: 1 }] }, 'a.b', []],
    ['leads to every element', { a: [1, 2] }, 'a.$[]', [1, 2]],
  ])('%s', (_, document, path, values) => {
    const before = structuredClone(document);
    expect(valuesOf(document, path)).toEqual(values);
    expect(document).toEqual(before);
  });
});

describe('a path is refused', () => {
  test.each<[string, Fields, string]>([
    ['with an empty name', { a: 1 }, 'a..b'],
    ['that begins with a dollar', { a: 1 }, '$a'],
    ['into a value that holds no fields', { a: 1 }, 'a.b'],
    ['into null', { a: null }, 'a.b'],
    ['by a name in an array', { a: [1] }, 'a.b'],
    ['of every element of what is no array', { a: {} }, 'a.$[]'],
    ['with a filter that was not given', { a: [1] }, 'a.$[x]'],
  ])('%s', (_, document, path) => {
    expect(() => setAt(document, path)).toThrow(TypeError);
  });
});

test('a removed field is gone; a removed element leaves null, and the others where they were', () => {
  const document: Fields = { a: 1, b: [1, 2], c: [1] };
  for (const path of ['a', 'b.0', 'c.5', 'missing']) {
    for (const place of placesOf(document, path, reading)) take(place);
  }
  expect(document).toEqual({ b: [null, 2], c: [1] });
});
