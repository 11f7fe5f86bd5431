/**
 * Canonical EJSON of what most documents hold, written in one pass: `EJSON.stringify` copies every
 * value into an object of its own first, which was most of the time of a query.
 */
import { isFields } from '../bson/fields';

/** Thrown and caught here alone: an object for each would cost more than what it saves. */
const OTHER = Symbol('a value of another type');

const MAX_DEPTH = 200;

const [INT32_MIN, INT32_MAX] = [-(2 ** 31), 2 ** 31 - 1];
const [INT64_MIN, INT64_MAX] = [-(2 ** 63), 2 ** 63 - 1];

/**
 * Members that are undefined are dropped, elements become null.
 *
 * @returns `undefined` for a document that holds another type, such as a Decimal128 or an ObjectId,
 * or is nested more than 200 deep
 */
export function canonicalText(document: object): string | undefined {
  try {
    return textOf(document, 0);
  } catch (error) {
    if (error === OTHER) return undefined;
    throw error;
  }
}

function textOf(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw OTHER;
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : objectText(value, depth);
    default:
      throw OTHER;
  }
}

function numberText(value: number): string {
  if (Number.isInteger(value) && !Object.is(value, -0)) {
    if (value >= INT32_MIN && value <= INT32_MAX) return `{"$numberInt":"${value}"}`;
    if (value >= INT64_MIN && value <= INT64_MAX) return `{"$numberLong":"${value}"}`;
  }
  return `{"$numberDouble":"${Object.is(value, -0) ? '-0.0' : value}"}`;
}

function objectText(value: object, depth: number): string {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) =>
      item === undefined ? 'null' : textOf(item, depth + 1),
    );
    return `[${items.join(',')}]`;
  }
  if (value instanceof Date) return `{"$date":{"$numberLong":"${value.getTime()}"}}`;
  if (!isFields(value)) throw OTHER;
  let text = '';
  for (const name in value) {
    const part = value[name];
    if (part === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${textOf(part, depth + 1)}`;
  }
  return `{${text}}`;
}
