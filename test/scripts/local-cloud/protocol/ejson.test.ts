/** What the SDKs send as EJSON, and what they are sent. */
import { describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import { AdminError } from '../../../../scripts/local-cloud/protocol/admin-error';
import { decodeEjson, encodeEjson } from '../../../../scripts/local-cloud/protocol/ejson';

const NOW = 1_700_000_000_000;
const decode = (value: object): unknown => decodeEjson('data', JSON.stringify(value), NOW);

describe('decoding', () => {
  test.each<[string, object, object]>([
    ['dates', { a: { $date: '1970-01-01T00:00:00.005Z' } }, { a: new Date(5) }],
    [
      'numbers of every type',
      { a: { $numberInt: '1' }, b: { $numberDouble: '2.0' } },
      { a: 1, b: 2 },
    ],
    ['ids', { a: { $oid: '0'.repeat(24) } }, { a: new ObjectId('0'.repeat(24)) }],
    ['the server’s time', { a: { $tcb_server_date: {} } }, { a: new Date(NOW) }],
    ['an offset to it', { a: [{ $tcb_server_date: { offset: -9 } }] }, { a: [new Date(NOW - 9)] }],
    ['patterns', { a: { $regularExpression: { pattern: 'b', options: 'i' } } }, { a: /b/i }],
    ['patterns as queries write them', { a: { $regex: 'b', $options: 's' } }, { a: /b/s }],
  ])('reads %s', (_, value, decoded) => {
    expect(decode(value)).toEqual(decoded);
  });

  test.each<[string, unknown]>([
    ['no string', { a: 1 }],
    ['no JSON', '{'],
    ['no object', '[1]'],
    ['null', 'null'],
  ])('refuses %s, by the name of the parameter', (_, text) => {
    expect(() => decodeEjson('query', text, NOW)).toThrow(
      expect.objectContaining({ code: 'INVALID_PARAM', message: expect.stringContaining('query') }),
    );
  });

  test.each<[string, unknown]>([
    ['plain JSON', { a: 1.5, b: [2 ** 40, null, { c: 'x' }], d: -0.5 }],
    ['a name that is a property of every object', JSON.parse('{ "__proto__": { "a": 1 } }')],
  ])('reads %s as it is', (_, value) => {
    expect(decodeEjson('data', JSON.stringify(value), NOW)).toEqual(value);
  });

  test('reads a $ that is written as an escape', () => {
    const text = '{ "a": { "\\u0024date": "1970-01-01T00:00:00.005Z" } }';
    expect(decodeEjson('data', text, NOW)).toEqual({ a: new Date(5) });
    expect(() => decodeEjson('data', '{ "\\u0000": 1 }', NOW)).toThrow(AdminError);
  });

  test.each<[string, object]>([
    ['a date that is none', { a: { $date: 'tomorrow' } }],
    ['an offset that is none', { a: { $tcb_server_date: { offset: 'x' } } }],
  ])('refuses %s', (_, value) => {
    expect(() => decode(value)).toThrow(expect.objectContaining({ code: 'INVALID_PARAM' }));
  });

  test('takes 100 levels and refuses more, however many', () => {
    const levels = (count: number): string => '{"a":'.repeat(count) + '1' + '}'.repeat(count);
    expect(() => decodeEjson('data', levels(100), NOW)).not.toThrow();
    const tooDeep = expect.objectContaining({ message: expect.stringContaining('100 levels') });
    for (const count of [101, 100_000]) {
      expect(() => decodeEjson('data', levels(count), NOW)).toThrow(tooDeep);
      expect(() => decodeEjson('data', levels(count).replace('"a"', '"$a"'), NOW)).toThrow(tooDeep);
    }
  });

  test.each([
    ['(', ''],
    ['a', 'x'],
  ])('refuses a pattern that JavaScript does not have: /%s/%s', (pattern, options) => {
    expect(() => decode({ a: { $regularExpression: { pattern, options } } })).toThrow(AdminError);
  });
});

describe('encoding', () => {
  test('keeps the types of numbers apart', () => {
    expect(JSON.parse(encodeEjson({ a: 1, b: 1.5, c: 2 ** 40 }))).toEqual({
      a: { $numberInt: '1' },
      b: { $numberDouble: '1.5' },
      c: { $numberLong: String(2 ** 40) },
    });
  });

  test('gives the digits of an ObjectId', () => {
    const ref = new ObjectId('0'.repeat(24));
    expect(JSON.parse(encodeEjson({ a: ref, b: [{ c: ref }] }))).toEqual({
      a: '0'.repeat(24),
      b: [{ c: '0'.repeat(24) }],
    });
  });

  test('refuses a document within itself', () => {
    const document: Record<string, unknown> = {};
    document['self'] = document;
    expect(() => encodeEjson(document)).toThrow(AdminError);
  });

  test('leaves undefined fields out, and writes undefined elements as null', () => {
    expect(JSON.parse(encodeEjson({ a: undefined, b: { c: undefined }, d: [undefined] }))).toEqual({
      b: {},
      d: [null],
    });
  });
});
