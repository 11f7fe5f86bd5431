/**
 * An index out of bounds gives a missing value, not null:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.arrayElemAt.html
 */
import { elementsOf, evaluateList, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

export const $arrayElemAt: ExpressionOperator = (...given) => {
  const [array, index] = evaluateList('$arrayElemAt', given, [2, 2]);
  if (isNothing(array) || isNothing(index)) return null;
  if (!Number.isInteger(index))
    throw new InvalidRequest("$arrayElemAt's second argument must be an integer");
  return elementsOf('$arrayElemAt', array).at(Number(index));
};
