/** Extended JSON: the format in which queries and documents cross the wire. */
import { BSONRegExp, EJSON } from 'bson';
import { isFields, type Fields } from '../bson/fields';
import { AdminError } from './admin-error';
import { canonicalText } from './canonical-text';

/** An escaped character may be a `$` too, or one that no name may hold. */
const ESCAPE = '\\u';

/** https://www.mongodb.com/docs/manual/reference/limits/#bson-documents */
const MAX_DEPTH = 100;
/** A pipeline may put documents into each other. */
const MAX_RESULT_DEPTH = 200;

/**
 * @param name the parameter, for the error message
 * @param nowMs the server's time, which replaces the SDK's `serverDate` placeholders
 * @throws AdminError `INVALID_PARAM` unless the text is an EJSON object
 */
export function decodeEjson(name: string, text: unknown, nowMs: number): Fields {
  if (typeof text !== 'string')
    throw new AdminError('INVALID_PARAM', `${name} must be a string of EJSON`);
  const value = decodeEjsonValue(name, text, nowMs);
  if (!isFields(value)) throw new AdminError('INVALID_PARAM', `${name} must be an object`);
  return value;
}

/** As `decodeEjson`, for any value. @throws AdminError */
export function decodeEjsonValue(name: string, text: string, nowMs: number): unknown {
  let value: unknown;
  // Most queries, and small documents: what has no name with `$` is plain JSON.
  const isPlain = !text.includes('$') && !text.includes(ESCAPE);
  try {
    value = isPlain ? JSON.parse(text) : EJSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(name);
    throw new AdminError('INVALID_PARAM', `${name} is not EJSON`);
  }
  return toLocalValues(value, { name, nowMs, depth: 0 });
}

/**
 * Canonical EJSON, so that numbers keep their types.
 *
 * @throws AdminError also for a value within itself
 */
export function encodeEjson(document: object): string {
  try {
    return canonicalText(document, MAX_RESULT_DEPTH);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep('the result', MAX_RESULT_DEPTH);
    throw error;
  }
}

interface Decoding {
  /** The parameter, for the error message. */
  name: string;
  nowMs: number;
  /** How many values are around this one. */
  depth: number;
}

/** Replaces `serverDate` placeholders by dates, and BSON patterns by regular expressions. */
function toLocalValues(value: unknown, decoding: Decoding): unknown {
  const { name, nowMs, depth } = decoding;
  if (depth > MAX_DEPTH) throw tooDeep(name);
  const inside = { name, nowMs, depth: depth + 1 };
  if (Array.isArray(value)) return value.map((item: unknown) => toLocalValues(item, inside));
  if (value instanceof BSONRegExp) return regularExpression(value);
  if (value instanceof Date) return validDate(name, value);
  if (!isFields(value)) return value;
  const { $tcb_server_date: serverDate } = value;
  if (isFields(serverDate)) {
    return validDate(name, new Date(nowMs + Number(serverDate['offset'] ?? 0)));
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => [field, toLocalValues(part, inside)]),
  );
}

function tooDeep(name: string, levels = MAX_DEPTH): AdminError {
  return new AdminError(
    'DATABASE_REQUEST_FAILED',
    `${name} is nested more than ${levels} levels deep`,
  );
}

function validDate(name: string, date: Date): Date {
  if (Number.isNaN(date.getTime())) {
    throw new AdminError('INVALID_PARAM', `${name} holds a date that is not valid`);
  }
  return date;
}

/** @throws AdminError for the options `x` and `l`, which JavaScript lacks */
function regularExpression({ pattern, options }: BSONRegExp): RegExp {
  try {
    return new RegExp(pattern, options);
  } catch {
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      `the regular expression /${pattern}/${options} is not valid`,
    );
  }
}
