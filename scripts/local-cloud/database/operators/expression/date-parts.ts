/**
 * `year`, `month` and the other parts of a date:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.year.html
 * and its neighbours.
 */
import type { DateTime } from 'luxon';
import { evaluateDate } from './date-argument';
import type { ExpressionOperator } from './expression-operator';

const part =
  (name: string, read: (date: DateTime) => number): ExpressionOperator =>
  (...given) => {
    const date = evaluateDate(name, given);
    return date === null ? null : read(date);
  };

/** Sunday is 1. */
export const dayOfWeek = ({ weekday }: DateTime): number => (weekday % 7) + 1;
/** Weeks begin on Sundays; the days before the first one are in week 0. */
export const weekOfYear = (date: DateTime): number =>
  Math.floor((date.ordinal - dayOfWeek(date) + 7) / 7);

export const datePartOperators: Readonly<Record<string, ExpressionOperator>> = {
  $dayOfMonth: part('$dayOfMonth', ({ day }) => day),
  $dayOfWeek: part('$dayOfWeek', dayOfWeek),
  $dayOfYear: part('$dayOfYear', ({ ordinal }) => ordinal),
  $hour: part('$hour', ({ hour }) => hour),
  $isoDayOfWeek: part('$isoDayOfWeek', ({ weekday }) => weekday),
  $isoWeek: part('$isoWeek', ({ weekNumber }) => weekNumber),
  $isoWeekYear: part('$isoWeekYear', ({ weekYear }) => weekYear),
  $millisecond: part('$millisecond', ({ millisecond }) => millisecond),
  $minute: part('$minute', ({ minute }) => minute),
  $month: part('$month', ({ month }) => month),
  $second: part('$second', ({ second }) => second),
  $week: part('$week', weekOfYear),
  $year: part('$year', ({ year }) => year),
};
