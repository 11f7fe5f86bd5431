/** The codec of the SDK's messages. */
import { describe, expect, test } from '@jest/globals';
import {
  bytesOf,
  decodeMessage,
  encodeMessage,
  listOf,
  textOf,
} from '../../../../scripts/local-cloud/open-interfaces/protobuf';

test('numbers, texts and bytes come back as they were', () => {
  const bytes = Buffer.from([0, 255, 13, 10]);
  const message = decodeMessage(
    encodeMessage([
      [1, 300],
      [2, '微信'],
      [3, bytes],
      [3, Buffer.alloc(70_000, 7)],
      [16, -604101],
    ]),
  );
  expect(message.get(1)).toEqual([300]);
  expect(textOf(message, 2)).toBe('微信');
  expect(listOf(message, 3)[0]?.equals(bytes)).toBe(true);
  expect(bytesOf(message, 3)).toHaveLength(70_000);
  expect(message.get(16)).toEqual([-604101]);
});

// The examples of the format's own documentation.
test('the encoding is that of protocol buffers', () => {
  expect(encodeMessage([[1, 150]]).toString('hex')).toBe('089601');
  expect(encodeMessage([[2, 'testing']]).toString('hex')).toBe('120774657374696e67');
  expect(encodeMessage([[1, -2]]).toString('hex')).toBe('08feffffffffffffffff01');
});

test('what is not there is empty', () => {
  const message = decodeMessage(Buffer.alloc(0));
  expect([textOf(message, 1), bytesOf(message, 2).length, listOf(message, 3)]).toEqual(['', 0, []]);
});

test('fields of fixed length are passed over', () => {
  const message = decodeMessage(Buffer.from('090102030405060708150102030418051a0161', 'hex'));
  expect([message.get(3)?.[0], textOf(message, 3)]).toEqual([5, 'a']);
});

describe('bytes that are no message are refused', () => {
  test.each(['08', '0880', '1205616263', '0b', '0f', '08ffffffffffffffffffffff01', '12ffffffff0f'])(
    '%s',
    (hex) => {
      expect(() => decodeMessage(Buffer.from(hex, 'hex'))).toThrow(RangeError);
    },
  );
});
