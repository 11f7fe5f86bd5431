/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.mod.html
 */
import { evaluateList, isNothing, numberOf } from './arguments';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

export const $mod: ExpressionOperator = (...given) => {
  const values = evaluateList('$mod', given, [2, 2]);
  if (values.some(isNothing)) return null;
  const [value = NaN, divisor = NaN] = values.map((each) => numberOf('$mod', each));
  if (divisor === 0) throw new InvalidRequest("can't $mod by zero");
  return value % divisor;
};
