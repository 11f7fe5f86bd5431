/**
 * Where something stands in a text or an array, or -1: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.indexOfBytes.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.indexOfCP.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.indexOfArray.html
 */
import { sameBson } from '../../query/bson-order';
import { evaluateList, isNothing, type Given } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $indexOfBytes = inText('$indexOfBytes', (text) => Array.from(Buffer.from(text)));
export const $indexOfCP = inText('$indexOfCP', (text) => Array.from(text));

export const $indexOfArray: ExpressionOperator = (...given) => {
  const [array, wanted, start, end] = evaluateList('$indexOfArray', given, [2, 4]);
  if (isNothing(array)) return null;
  if (!Array.isArray(array))
    throw new TypeError('$indexOfArray requires an array as a first argument');
  const range = rangeOf('$indexOfArray', start, end, array.length);
  return firstPlace(range, 1, (place) => sameBson(array[place], wanted));
};

function inText(
  name: string,
  unitsOf: (text: string) => readonly (string | number)[],
): ExpressionOperator {
  return (...given: Given) => {
    const [text, wanted, start, end] = evaluateList(name, given, [2, 4]);
    if (isNothing(text)) return null;
    if (typeof text !== 'string' || typeof wanted !== 'string') {
      throw new TypeError(`${name} requires two strings`);
    }
    const units = unitsOf(text);
    const wantedUnits = unitsOf(wanted);
    const range = rangeOf(name, start, end, units.length);
    return firstPlace(range, wantedUnits.length, (place) =>
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
      throw new TypeError(`${name} requires starting and ending indexes that are not negative`);
    }
  }
  return { start: Number(start ?? 0), end: Math.min(Number(end ?? length), length) };
}

/** @param size of what is looked for */
function firstPlace({ start, end }: Range, size: number, isThere: (at: number) => boolean): number {
  for (let at = start; at + size <= end; at += 1) if (isThere(at)) return at;
  return -1;
}
