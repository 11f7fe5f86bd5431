/**
 * Operators of one argument, which may stand in an array of its own: `$size: ['$list']` is `$size: '$list'`.
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/AggregateCommand.html)
 */
import * as mingo from 'mingo/operators/expression';
import type { ExpressionOperator } from './expression-operator';

const NAMES = [
  '$abs',
  '$arrayToObject',
  '$ceil',
  '$dayOfMonth',
  '$dayOfWeek',
  '$dayOfYear',
  '$exp',
  '$floor',
  '$hour',
  '$isoDayOfWeek',
  '$isoWeek',
  '$isoWeekYear',
  '$ln',
  '$log10',
  '$millisecond',
  '$minute',
  '$month',
  '$objectToArray',
  '$reverseArray',
  '$second',
  '$size',
  '$sqrt',
  '$strLenBytes',
  '$strLenCP',
  '$toString',
  '$type',
  '$year',
] as const;

export const oneArgumentOperators: Readonly<Record<string, ExpressionOperator>> =
  Object.fromEntries(
    NAMES.map((name) => [name, unwrapping(mingo[name] as unknown as ExpressionOperator)]),
  );

export function unwrapping(operator: ExpressionOperator): ExpressionOperator {
  return (document, operand, options) =>
    operator(
      document,
      Array.isArray(operand) && operand.length === 1 ? operand[0] : operand,
      options,
    );
}
