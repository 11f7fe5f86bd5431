/**
 * Parts of strings, counted in bytes (`substr`, `substrBytes`) or in code points (`substrCP`):
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.substrBytes.html
 */
import { evaluateList, type Given } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { coerceToString, truncated } from './strings';
import { InvalidRequest } from '../../../bson/invalid-request';

/** Empty when it begins before the string; a negative length takes the rest. */
export const $substrBytes: ExpressionOperator = (...given) => {
  const { text, start, length } = argumentsOf('$substrBytes', given);
  const bytes = Buffer.from(text);
  if (start < 0 || start >= bytes.length) return '';
  const end = length < 0 ? bytes.length : Math.min(start + length, bytes.length);
  for (const [name, at] of Object.entries({ starting: start, ending: end })) {
    if (isInsideCharacter(bytes, at)) {
      throw new InvalidRequest(
        `$substrBytes: Invalid range, ${name} index is in the middle of a UTF-8 character`,
      );
    }
  }
  return bytes.toString('utf8', start, end);
};

export const $substrCP: ExpressionOperator = (...given) => {
  const { text, start, length } = argumentsOf('$substrCP', given);
  if (start < 0 || length < 0) {
    throw new InvalidRequest('$substrCP: the starting index and the length must not be negative');
  }
  return Array.from(text)
    .slice(start, start + length)
    .join('');
};

function argumentsOf(name: string, given: Given) {
  const [text, start, length] = evaluateList(name, given, [3, 3]);
  return {
    text: coerceToString(name, text),
    start: truncated(name, start),
    length: truncated(name, length),
  };
}

function isInsideCharacter(bytes: Buffer, at: number): boolean {
  const byte = bytes[at];
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}
