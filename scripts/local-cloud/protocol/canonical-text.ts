/**
 * Canonical EJSON of what most documents hold, written in one pass: `EJSON.stringify` copies every
 * value into an object of its own first, which was most of the time of a query.
 */
import { isFields } from '../bson/fields';

/** Thrown and caught here alone. One for all: a stack for each would cost more than is saved. */
const OTHER = new Error('a value of another type');

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
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  if (typeof value !== 'object') throw OTHER;
  return objectText(value, depth);
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
