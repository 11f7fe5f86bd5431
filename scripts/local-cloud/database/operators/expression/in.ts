/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.in.html
 */
import { sameBson } from '../../../bson/bson-order';
import { elementsOf, evaluateList } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $in: ExpressionOperator = (...given) => {
  const [wanted, array] = evaluateList('$in', given, [2, 2]);
  return elementsOf('$in', array).some((element) => sameBson(element, wanted));
};
