/**
 * Operators of one argument, which may stand in an array of one: `$abs: ['$n']` is `$abs: '$n'`.
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.html)
 */
import * as mingo from 'mingo/operators/expression';
import { unwrapped } from './arguments';
import type { ExpressionOperator } from './expression-operator';

const NAMES = [
  '$abs',
  '$ceil',
  '$exp',
  '$floor',
  '$objectToArray',
  '$sqrt',
  '$strLenBytes',
  '$strLenCP',
  '$toString',
  '$type',
] as const;

export const oneArgumentOperators: Readonly<Record<string, ExpressionOperator>> =
  Object.fromEntries(
    NAMES.map((name) => [name, unwrapping(mingo[name] as unknown as ExpressionOperator)]),
  );

function unwrapping(operator: ExpressionOperator): ExpressionOperator {
  return (document, operand, options) => operator(document, unwrapped(operand), options);
}
