/**
 * To an integer, or to a number of decimal places:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.trunc.html
 */
import * as mingo from 'mingo/operators/expression/arithmetic';
import type { ExpressionOperator } from './expression-operator';

/** mingo expects even a single argument in an array. */
const wrapping =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) =>
    operator(document, Array.isArray(operand) ? operand : [operand], options);

export const $trunc = wrapping(mingo.$trunc as unknown as ExpressionOperator);
export const $round = wrapping(mingo.$round as unknown as ExpressionOperator);
