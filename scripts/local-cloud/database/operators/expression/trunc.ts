/** To a whole number, or to so many places: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.trunc.html */
import * as mingo from 'mingo/operators/expression/arithmetic';
import type { ExpressionOperator } from './expression-operator';

/** mingo wants the only argument in an array. */
const wrapping =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) =>
    operator(document, Array.isArray(operand) ? operand : [operand], options);

export const $trunc = wrapping(mingo.$trunc as unknown as ExpressionOperator);
export const $round = wrapping(mingo.$round as unknown as ExpressionOperator);
