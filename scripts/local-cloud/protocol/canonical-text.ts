/**
 * Canonical EJSON, written in one pass: `EJSON.stringify` copies every value into an object of its
 * own first, which was most of the time of a query.
 */
import { EJSON, ObjectId } from 'bson';
import { isFields } from '../bson/fields';

const [INT32_MIN, INT32_MAX] = [-(2 ** 31), 2 ** 31 - 1];
const [INT64_MIN, INT64_MAX] = [-(2 ** 63), 2 ** 63 - 1];

/**
 * Members that are undefined are dropped, elements become null. Of an ObjectId the cloud gives the
 * digits; the SDK would make an empty object of it.
 *
 * @throws RangeError when it is nested more than `maxDepth` levels deep
 */
export function canonicalText(value: unknown, maxDepth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return 'null';
  if (maxDepth < 0) throw new RangeError('nested too deep');
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => canonicalText(item, maxDepth - 1)).join(',')}]`;
  }
  if (value instanceof Date) return `{"$date":{"$numberLong":"${value.getTime()}"}}`;
  if (value instanceof ObjectId) return `"${value.toHexString()}"`;
  if (!isFields(value)) return EJSON.stringify(value, { relaxed: false });
  let text = '';
  for (const name in value) {
    const part = value[name];
    if (part === undefined) continue;
    const member = `${JSON.stringify(name)}:${canonicalText(part, maxDepth - 1)}`;
    text += text === '' ? member : `,${member}`;
  }
  return `{${text}}`;
}

function numberText(value: number): string {
  if (Number.isInteger(value) && !Object.is(value, -0)) {
    if (value >= INT32_MIN && value <= INT32_MAX) return `{"$numberInt":"${value}"}`;
    if (value >= INT64_MIN && value <= INT64_MAX) return `{"$numberLong":"${value}"}`;
  }
  return `{"$numberDouble":"${Object.is(value, -0) ? '-0.0' : value}"}`;
}
