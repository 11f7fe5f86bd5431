import { expect, test } from '@jest/globals';
import {
  asText,
  fieldsAsText,
  readDocument,
  type DocumentValue,
} from '../../../../../scripts/preview/page/panel/document-value';

const read = (value: unknown): DocumentValue | undefined =>
  readDocument(JSON.stringify({ value })).fields[0]?.[1];

test.each<[unknown, string]>([
  ['text', 'text'],
  [null, 'null'],
  [true, 'true'],
  [{ $numberInt: '5' }, '5'],
  [{ $numberLong: '9007199254740993' }, '9007199254740993'],
  [{ $numberDouble: '12.0' }, '12'],
  [{ $numberDouble: 'NaN' }, 'NaN'],
  [{ $numberDecimal: '1.50' }, '1.50'],
  [{ $oid: '0123' }, 'ObjectId 0123'],
  [{ $date: { $numberLong: '0' } }, '1970-01-01T00:00:00.000Z'],
  [{ $date: '1970-01-01T00:00:01Z' }, '1970-01-01T00:00:01.000Z'],
  [{ $date: { $numberLong: '9000000000000000' } }, '9000000000000000'],
  [{ $regularExpression: { pattern: 'a.b', options: 'i' } }, '/a.b/i'],
  [{ $binary: { base64: 'AQID', subType: '00' } }, 'Binary 3 B'],
  [{ type: 'Point', coordinates: [{ $numberDouble: '113.3' }, 23.1] }, 'Point 113.3, 23.1'],
  [
    { type: 'Point', coordinates: [1, 2], name: 'x' },
    '{ type: "Point", coordinates: [1, 2], name: "x" }',
  ],
  [[{ a: 1 }, 'b', []], '[{ a: 1 }, "b", []]'],
  [{ $unknown: 1 }, '{ $unknown: 1 }'],
  [{}, '{}'],
])('%j reads %j', (value, text) => {
  const found = read(value);
  expect(found && asText(found)).toBe(text);
});

test('a document has an id of any type, and may belong to somebody', () => {
  const text = JSON.stringify({ _id: { $numberInt: '7' }, _openid: 'me', n: { $numberInt: '1' } });
  const { id, openid, fields } = readDocument(text);
  expect([id, openid, fieldsAsText(fields)]).toEqual(['7', 'me', '{ _openid: "me", n: 1 }']);
});
