/** Extended JSON, in which queries and documents cross the wire. */
import { BSONRegExp, EJSON } from 'bson';
import { AdminError, requestFailed } from './admin-error';

export type Fields = Record<string, unknown>;

/** @param nowMs what the server's date is: the SDK's `serverDate` stands for it until it arrives here. */
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

/** Canonical: a number keeps its type on the way. */
export function encodeEjson(document: object): string {
  return EJSON.stringify(withoutMissing(document), { relaxed: false });
}

/** What an expression leads to where a field is missing is no field, not null. */
function withoutMissing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutMissing(item) ?? null);
  if (!isFields(value)) return value;
  const present = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(present.map(([name, part]) => [name, withoutMissing(part)]));
}

/** Dates of the server become dates, patterns regular expressions. */
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

/** What JavaScript's flags have in common with the database's; `x` is refused. */
function regularExpression({ pattern, options }: BSONRegExp): RegExp {
  try {
    return new RegExp(pattern, options.replace(/[gy]/g, ''));
  } catch (error) {
    throw requestFailed(error);
  }
}

/** A plain object, which dates, ids and other values of BSON are not. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
