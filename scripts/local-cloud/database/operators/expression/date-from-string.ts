/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.dateFromString.html
 */
import { DateTime, type Zone } from 'luxon';
import { evaluateFields, isNothing } from './arguments';
import { zoneOf } from './date-argument';
import type { ExpressionOperator } from './expression-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

const KNOWN = ['dateString', 'timezone', 'format', 'onError', 'onNull'];

export const $dateFromString: ExpressionOperator = (...given) => {
  const fields = evaluateFields('$dateFromString', given, KNOWN);
  const { dateString, timezone, format, onError, onNull = null } = fields;
  if (timezone === null || format === null) return null;
  if (isNothing(dateString)) return onNull;
  try {
    if (typeof dateString !== 'string') {
      throw new InvalidRequest('$dateFromString requires that dateString be a string');
    }
    return parse(dateString, format, timezone).toJSDate();
  } catch (error) {
    if ('onError' in fields) return onError;
    throw error;
  }
};

function parse(text: string, format: unknown, timezone: unknown): DateTime {
  const hasOwnZone = text.includes(':') && /(Z|UTC|GMT|[+-]\d\d:?\d\d)$/i.test(text);
  if (hasOwnZone && timezone !== undefined) {
    throw new InvalidRequest(
      `you cannot pass in a date/time string with time zone information ('${text}') together with a timezone argument`,
    );
  }
  const zone = zoneOf(timezone);
  const date = format === undefined ? parseAny(text, zone) : parseAs(text, format, zone);
  if (!date.isValid) throw new InvalidRequest(`Error parsing date string '${text}'`);
  return date;
}

/** Common formats that can be read in only one way. */
const FORMATS = [
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-M-d H:m:s',
  'yyyy-M-d H:m',
  'yyyy-M-d',
  'yyyy/M/d H:m:s',
  'yyyy/M/d H:m',
  'yyyy/M/d',
  'LLLL d, yyyy',
  'LLL d, yyyy',
  'd LLLL yyyy',
  'd LLL yyyy',
];

function parseAny(text: string, zone: Zone): DateTime {
  const attempts = [
    // Luxon reads a time without a date as today's.
    () => (/^\d{4}-?[\dW]/.test(text) ? DateTime.fromISO(text, { zone }) : undefined),
    () => DateTime.fromSQL(text, { zone }),
    () => DateTime.fromRFC2822(text, { zone }),
    ...FORMATS.map((format) => () => DateTime.fromFormat(text, format, { zone, locale: 'en-US' })),
  ];
  for (const attempt of attempts) {
    const date = attempt();
    if (date?.isValid === true) return date;
  }
  return DateTime.invalid('unparsable');
}

/** The names that luxon has for them. */
const SPECIFIERS: Readonly<Record<string, string>> = {
  '%': "'%'",
  d: 'dd',
  G: 'kkkk',
  H: 'HH',
  j: 'ooo',
  L: 'SSS',
  m: 'MM',
  M: 'mm',
  S: 'ss',
  u: 'c',
  V: 'WW',
  Y: 'yyyy',
  z: 'ZZZ',
};

function parseAs(text: string, format: unknown, zone: Zone): DateTime {
  if (typeof format !== 'string') {
    throw new InvalidRequest('$dateFromString requires that format be a string');
  }
  const pattern = format.replace(/%(.?)|([^%]+)/gu, (_, specifier?: string, literal?: string) => {
    if (literal !== undefined) return quoted(literal);
    const known = SPECIFIERS[specifier ?? ''];
    if (known === undefined) {
      throw new InvalidRequest(`Invalid format character '%${specifier ?? ''}' in format string`);
    }
    return known;
  });
  return DateTime.fromFormat(text, pattern, { zone });
}

function quoted(literal: string): string {
  return literal.replace(/[A-Za-z]+/g, (letters) => `'${letters}'`);
}
