/**
 * Parts beyond their range carry over:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.dateFromParts.html
 */
import { DateTime } from 'luxon';
import { evaluateFields, isNothing } from './arguments';
import { zoneOf } from './date-argument';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

const TIME = { hour: 0, minute: 0, second: 0, millisecond: 0 };
const CALENDAR = { year: NaN, month: 1, day: 1, ...TIME };
const ISO_WEEKS = { isoWeekYear: NaN, isoWeek: 1, isoDayOfWeek: 1, ...TIME };

export const $dateFromParts: ExpressionOperator = (...given) => {
  const known = [...Object.keys(CALENDAR), ...Object.keys(ISO_WEEKS), 'timezone'];
  const fields = evaluateFields('$dateFromParts', given, known);
  if (Object.values(fields).some(isNothing)) return null;
  const { timezone, ...parts } = fields;
  const local = 'isoWeekYear' in parts ? byWeeks(parts) : byCalendar(parts);
  return local.setZone(zoneOf(timezone), { keepLocalTime: true }).toJSDate();
};

function byCalendar(parts: object): DateTime {
  const { year, month, day, ...time } = integers(CALENDAR, parts);
  return DateTime.fromObject({ year: yearOf('year', year) }, { zone: 'utc' }).plus({
    months: month - 1,
    days: day - 1,
    ...inUnits(time),
  });
}

function byWeeks(parts: object): DateTime {
  const { isoWeekYear, isoWeek, isoDayOfWeek, ...time } = integers(ISO_WEEKS, parts);
  const weekYear = yearOf('isoWeekYear', isoWeekYear);
  return DateTime.fromObject({ weekYear, weekNumber: 1, weekday: 1 }, { zone: 'utc' }).plus({
    weeks: isoWeek - 1,
    days: isoDayOfWeek - 1,
    ...inUnits(time),
  });
}

function inUnits({ hour, minute, second, millisecond }: typeof TIME) {
  return { hours: hour, minutes: minute, seconds: second, milliseconds: millisecond };
}

function yearOf(name: string, year: number): number {
  if (year >= 1 && year <= 9999) return year;
  throw new InvalidRequest(`'${name}' must evaluate to an integer in the range 1 to 9999`);
}

function integers<T extends Record<string, number>>(defaults: T, parts: object): T {
  for (const [name, value] of Object.entries(parts)) {
    if (!(name in defaults))
      throw new InvalidRequest(`$dateFromParts does not allow '${name}' here`);
    if (!Number.isInteger(value)) throw new InvalidRequest(`'${name}' must evaluate to an integer`);
  }
  return { ...defaults, ...parts };
}
