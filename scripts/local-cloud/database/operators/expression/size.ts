/**
 * Null and missing values are refused:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.size.html
 */
import { elementsOf, evaluateOne } from './arguments';
import type { ExpressionOperator } from './expression-operator';

export const $size: ExpressionOperator = (...given) =>
  elementsOf('$size', evaluateOne(given)).length;
