/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.reverseArray.html
 */
import { elementsOf, evaluateOne, isNothing } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $reverseArray: ExpressionOperator = (...given) => {
  const array = evaluateOne(given);
  return isNothing(array) ? null : [...elementsOf('$reverseArray', array)].reverse();
};
