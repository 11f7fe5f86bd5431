/**
 * The index of a part of a string, or of an element of an array, or -1:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.indexOfBytes.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.indexOfCP.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.indexOfArray.html
 */
import { sameBson } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { evaluateList, isNothing, type Given } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $indexOfBytes = inString('$indexOfBytes', (text) => Array.from(Buffer.from(text)));
export const $indexOfCP = inString('$indexOfCP', (text) => Array.from(text));

export const $indexOfArray: ExpressionOperator = (...given) => {
  const [array, wanted, start, end] = evaluateList('$indexOfArray', given, [2, 4]);
  if (isNothing(array)) return null;
  if (!Array.isArray(array))
    throw new InvalidRequest('$indexOfArray requires an array as a first argument');
  const range = rangeOf('$indexOfArray', start, end, array.length);
  return firstIndex(range, 1, (place) => sameBson(array[place], wanted));
};

function inString(
  name: string,
  unitsOf: (text: string) => readonly (string | number)[],
): ExpressionOperator {
  return (...given: Given) => {
    const [text, wanted, start, end] = evaluateList(name, given, [2, 4]);
    if (isNothing(text)) return null;
    if (typeof text !== 'string' || typeof wanted !== 'string') {
      throw new InvalidRequest(`${name} requires two strings`);
    }
    const units = unitsOf(text);
    const wantedUnits = unitsOf(wanted);
    const range = rangeOf(name, start, end, units.length);
    return firstIndex(range, wantedUnits.length, (place) =>
      wantedUnits.every((unit, index) => units[place + index] === unit),
    );
  };
}

interface Range {
  start: number;
  end: number;
}

function rangeOf(name: string, start: unknown, end: unknown, length: number): Range {
  for (const place of [start, end]) {
    if (place === undefined) continue;
    if (!Number.isInteger(place) || Number(place) < 0) {
      throw new InvalidRequest(
        `${name} requires starting and ending indexes that are not negative`,
      );
    }
  }
  return { start: Number(start ?? 0), end: Math.min(Number(end ?? length), length) };
}

/** @param size how long the wanted part is */
function firstIndex({ start, end }: Range, size: number, isThere: (at: number) => boolean): number {
  for (let at = start; at + size <= end; at += 1) if (isThere(at)) return at;
  return -1;
}
