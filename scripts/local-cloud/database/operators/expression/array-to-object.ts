/**
 * Values that are arrays stay arrays:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.arrayToObject.html
 */
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';
import { elementsOf, evaluateOne, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $arrayToObject: ExpressionOperator = (...given) => {
  const pairs = evaluateOne(given);
  if (isNothing(pairs)) return null;
  return Object.fromEntries(elementsOf('$arrayToObject', pairs).map(pairOf));
};

function pairOf(pair: unknown): [string, unknown] {
  const [key, value, ...rest] = Array.isArray(pair)
    ? (pair as unknown[])
    : isFields(pair)
      ? [pair['k'], pair['v'], ...Object.keys(pair).slice(2)]
      : [];
  if (typeof key !== 'string' || rest.length > 0) {
    throw new InvalidRequest(
      '$arrayToObject requires [key, value] or { k, v }, and keys that are strings',
    );
  }
  return [key, value];
}
