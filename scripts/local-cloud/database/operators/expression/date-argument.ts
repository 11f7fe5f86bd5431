/**
 * The argument of the date operators: a date, or `{ date, timezone }`
 * (https://www.mongodb.com/docs/manual/reference/operator/aggregation/year/).
 */
import { ObjectId } from 'bson';
import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';
import { evaluateFields, evaluateOne, isNothing, unwrapped, type Given } from './arguments';

/** @returns null when the date or the time zone is null or missing */
export function evaluateDate(name: string, given: Given): DateTime | null {
  const [document, operand, options] = given;
  const inner = unwrapped(operand);
  if (!isFields(inner) || !('date' in inner)) return dateTime(name, evaluateOne(given), undefined);
  const { date, timezone = 'UTC' } = evaluateFields(
    name,
    [document, inner, options],
    ['date', 'timezone'],
  );
  return dateTime(name, date, timezone);
}

/** @throws InvalidRequest when the value is not a date */
export function dateTime(name: string, date: unknown, timezone: unknown): DateTime | null {
  if (isNothing(date) || timezone === null) return null;
  const value = date instanceof ObjectId ? date.getTimestamp() : date;
  if (!(value instanceof Date))
    throw new InvalidRequest(`${name} can't convert from ${typeof value} to Date`);
  return DateTime.fromJSDate(value, { zone: zoneOf(timezone) });
}

const OFFSET = /^([+-])(\d\d)(?::?(\d\d))?$/;

/**
 * @param timezone a name such as `Asia/Shanghai`, or an offset: `+08:00`, `+0800`, `+08`. Default:
 * UTC
 */
export function zoneOf(timezone: unknown): Zone {
  if (timezone === undefined) return FixedOffsetZone.utcInstance;
  if (typeof timezone !== 'string') throw new InvalidRequest('timezone must evaluate to a string');
  if (['Z', 'UTC', 'GMT'].includes(timezone)) return FixedOffsetZone.utcInstance;
  const [, sign, hours, minutes = '0'] = OFFSET.exec(timezone) ?? [];
  if (hours !== undefined) {
    return FixedOffsetZone.instance(
      (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)),
    );
  }
  if (!IANAZone.isValidZone(timezone)) {
    throw new InvalidRequest(`unrecognized time zone identifier: "${timezone}"`);
  }
  return IANAZone.create(timezone);
}
