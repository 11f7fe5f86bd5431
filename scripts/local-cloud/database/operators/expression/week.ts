/** The week of the year, 0 to 53; weeks begin on Sundays: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate-command/AggregateCommand.week.html */
import * as mingo from 'mingo/operators/expression/date';
import type { ExpressionOperator } from './expression-operator';
import { unwrapping } from './one-argument';

const dayOfYear = mingo.$dayOfYear as unknown as ExpressionOperator;
const dayOfWeek = mingo.$dayOfWeek as unknown as ExpressionOperator;

export const $week: ExpressionOperator = unwrapping((document, operand, options) => {
  const day = dayOfYear(document, operand, options);
  const weekday = dayOfWeek(document, operand, options);
  if (typeof day !== 'number' || typeof weekday !== 'number') return null;
  return Math.floor((day - weekday + 7) / 7);
});
