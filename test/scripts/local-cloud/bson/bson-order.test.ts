/**
 * The order of values, and their equality, as MongoDB's manual defines them
 * (reference/bson-type-comparison-order).
 */
import { describe, expect, test } from '@jest/globals';
import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { compareBson, distinct, sameBson } from '../../../../scripts/local-cloud/bson/bson-order';

const EARLIER = new ObjectId('000000000000000000000001');
const LATER = new ObjectId('000000000000000000000002');

describe('of two values', () => {
  // Each less than the next.
  test.each<[string, readonly unknown[]]>([
    [
      'the type decides first',
      [
        null,
        NaN,
        -Infinity,
        -1,
        0,
        1.5,
        Infinity,
        '',
        '9',
        {},
        [],
        new Binary(Buffer.of(1)),
        EARLIER,
        false,
        true,
        new Date(-1),
        new Date(0),
        /a/,
      ],
    ],
    [
      'strings are compared by code points, not by UTF-16 units',
      ['A', 'a', 'ab', '中', '\uffff', '😀'],
    ],
    ['ids are compared by their bytes', [EARLIER, LATER]],
    [
      'objects are compared by names and values in turn',
      [{ a: 1 }, { a: 1, b: 0 }, { a: 2 }, { b: 0 }],
    ],
    ['arrays are compared element by element, then by length', [[], [1], [1, 1], [2]]],
    ['nested types decide too', [[null], [1], ['1'], [{}]]],
  ])('%s', (_, ascending) => {
    for (const [at, value] of ascending.entries()) {
      for (const [other, otherValue] of ascending.entries()) {
        expect([value, otherValue, Math.sign(compareBson(value, otherValue))]).toEqual([
          value,
          otherValue,
          Math.sign(at - other),
        ]);
      }
    }
  });

  test.each<[string, unknown, unknown]>([
    ['null and a missing field', null, undefined],
    ['0 and -0', 0, -0],
    ['NaN and itself', NaN, NaN],
    ['an Int32 and a number', new Int32(5), 5],
    ['a Double and a number', new Double(2.5), 2.5],
    ['a Long and a number', Long.fromNumber(7), 7],
    ['a Decimal128 and a number', Decimal128.fromString('1.5'), 1.5],
    ['copies of a date', new Date(5), new Date(5)],
    ['copies of an id', EARLIER, new ObjectId(EARLIER.toHexString())],
    ['copies of an object', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
    ['copies of binary data', new Binary(Buffer.of(1, 2)), new Binary(Buffer.of(1, 2))],
  ])('%s are equal', (_, a, b) => {
    expect(sameBson(a, b)).toBe(true);
  });

  test.each<[string, unknown, unknown]>([
    ['1 and "1"', 1, '1'],
    ['1 and true', 1, true],
    ['a date and its number', new Date(5), 5],
    ['objects whose fields are in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['an array and its only element', [1], 1],
    ['an empty object and an empty array', {}, []],
    ['patterns with other flags', /a/i, /a/],
  ])('%s differ', (_, a, b) => {
    expect(sameBson(a, b)).toBe(false);
  });
});

test('of equal values only the first is kept, in the order in which they came', () => {
  const values = ['b', 1, new Int32(1), '1', { a: 1 }, { a: 1 }, 'b', null, [1], [1], NaN, NaN];
  expect(distinct(values)).toEqual(['b', 1, '1', { a: 1 }, null, [1], NaN]);
});
