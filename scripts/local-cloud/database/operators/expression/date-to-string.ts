/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.dateToString.html
 */
import type { DateTime } from 'luxon';
import { evaluateFields, isNothing } from './arguments';
import { dateTime } from './date-argument';
import { dayOfWeek, weekOfYear } from './date-parts';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

const DEFAULT_FORMAT = '%Y-%m-%dT%H:%M:%S.%LZ';

const digits = (count: number, value: number): string => String(value).padStart(count, '0');

const SPECIFIERS: Readonly<Record<string, (date: DateTime) => string>> = {
  '%': () => '%',
  d: ({ day }) => digits(2, day),
  G: ({ weekYear }) => digits(4, weekYear),
  H: ({ hour }) => digits(2, hour),
  j: ({ ordinal }) => digits(3, ordinal),
  L: ({ millisecond }) => digits(3, millisecond),
  m: ({ month }) => digits(2, month),
  M: ({ minute }) => digits(2, minute),
  S: ({ second }) => digits(2, second),
  u: ({ weekday }) => String(weekday),
  U: (date) => digits(2, weekOfYear(date)),
  V: ({ weekNumber }) => digits(2, weekNumber),
  w: (date) => String(dayOfWeek(date)),
  Y: ({ year }) => digits(4, year),
  z: (date) => date.toFormat('ZZZ'),
  Z: ({ offset }) => `${offset < 0 ? '-' : '+'}${digits(3, Math.abs(offset))}`,
};

export const $dateToString: ExpressionOperator = (...given) => {
  const fields = evaluateFields('$dateToString', given, ['date', 'format', 'timezone', 'onNull']);
  const { date, format = DEFAULT_FORMAT, timezone, onNull = null } = fields;
  if (isNothing(date)) return onNull;
  const value = dateTime('$dateToString', date, timezone);
  if (value === null || format === null) return null;
  if (typeof format !== 'string')
    throw new InvalidRequest('$dateToString requires that format be a string');
  return format.replace(/%(.?)/gu, (_, specifier: string) => {
    const write = SPECIFIERS[specifier];
    if (write === undefined) {
      throw new InvalidRequest(`Invalid format character '%${specifier}' in format string`);
    }
    return write(value);
  });
};
