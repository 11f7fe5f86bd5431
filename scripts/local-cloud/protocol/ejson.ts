/** Extended JSON: the format in which queries and documents cross the wire. */
import { BSONRegExp, EJSON } from 'bson';
import { isFields, type Fields } from '../bson/fields';
import { AdminError, requestFailed } from './admin-error';

/**
 * @param name the parameter, for the error message
 * @param nowMs the server's time, which replaces the SDK's `serverDate` placeholders
 * @throws AdminError `INVALID_PARAM` unless the text is an EJSON object
 */
export function decodeEjson(name: string, text: unknown, nowMs: number): Fields {
  if (typeof text !== 'string')
    throw new AdminError('INVALID_PARAM', `${name} must be a string of EJSON`);
  let value: unknown;
  try {
    value = EJSON.parse(text);
  } catch {
    throw new AdminError('INVALID_PARAM', `${name} is not EJSON`);
  }
  if (!isFields(value)) throw new AdminError('INVALID_PARAM', `${name} must be an object`);
  return toLocalValues(value, nowMs) as Fields;
}

/** Canonical EJSON, so that numbers keep their types. */
export function encodeEjson(document: object): string {
  return EJSON.stringify(withoutMissing(document), { relaxed: false });
}

/** Drops fields that an expression left undefined, which EJSON would write as null. */
function withoutMissing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutMissing(item) ?? null);
  if (!isFields(value)) return value;
  const present = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(present.map(([name, part]) => [name, withoutMissing(part)]));
}

/** Replaces `serverDate` placeholders by dates, and BSON patterns by regular expressions. */
export function toLocalValues(value: unknown, nowMs: number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => toLocalValues(item, nowMs));
  if (value instanceof BSONRegExp) return regularExpression(value);
  if (!isFields(value)) return value;
  const { $tcb_server_date: serverDate } = value;
  if (isFields(serverDate)) return new Date(nowMs + Number(serverDate['offset'] ?? 0));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, toLocalValues(part, nowMs)]),
  );
}

/** @throws AdminError for the options `x` and `l`, which JavaScript lacks */
function regularExpression({ pattern, options }: BSONRegExp): RegExp {
  try {
    return new RegExp(pattern, options);
  } catch (error) {
    throw requestFailed(error);
  }
}
