import { expect, test } from '@jest/globals';
import { Decimal128, EJSON, Long, ObjectId } from 'bson';
import fc from 'fast-check';
import { canonicalText } from '../../../../scripts/local-cloud/protocol/canonical-text';

const reference = (document: object): string => EJSON.stringify(document, { relaxed: false });

test('what it writes is what bson writes', () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.constantFrom(-0, 2 ** 31, -(2 ** 31), 2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 64, Infinity),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
      fc.array(tie('tree')),
      fc.dictionary(fc.string(), tie('tree'), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(canonicalText({ value }, 200)).toBe(reference({ value }));
    }),
    { numRuns: 500 },
  );
});

test('members that are undefined are dropped, elements become null', () => {
  expect(canonicalText({ a: undefined, b: [undefined, 1] }, 200)).toBe(
    '{"b":[null,{"$numberInt":"1"}]}',
  );
});

test.each([
  ['a Decimal128', Decimal128.fromString('1.5')],
  ['a Long', Long.fromNumber(5)],
  ['a pattern', /a/],
  ['bytes', Buffer.from('a')],
])('%s is written as bson writes it', (_, value) => {
  expect(canonicalText({ deep: [{ value }] }, 200)).toBe(reference({ deep: [{ value }] }));
});

test('an ObjectId is its digits', () => {
  const digits = '0123456789abcdef01234567';
  expect(canonicalText([new ObjectId(digits)], 200)).toBe(`["${digits}"]`);
});

test('what is within itself is refused', () => {
  const document: Record<string, unknown> = {};
  document['self'] = document;
  expect(() => canonicalText(document, 200)).toThrow(RangeError);
});
