/** What an update may not do to a document. mingo leaves such a document as it is; the cloud says so. */
import { EJSON } from 'bson';
import { isFields, type Fields } from '../ejson';
import { TYPE_RANKS, typeRank } from '../query/bson-order';

const FOR_NUMBERS = ['$inc', '$mul'];
const FOR_ARRAYS = ['$push', '$addToSet', '$pull', '$pullAll', '$pop'];
/** Make the fields on the way to what they set. */
const CREATING = ['$set', '$inc', '$mul', '$min', '$max', '$push', '$addToSet'];

/** @throws TypeError that says which field is in the way */
export function checkUpdate(document: Fields, modifier: Fields): void {
  for (const [operator, fields] of Object.entries(modifier)) {
    if (!isFields(fields)) throw new TypeError(`${operator} needs an object of fields`);
    for (const [path, operand] of Object.entries(fields)) {
      // A place that only the query knows.
      if (path.includes('$')) continue;
      if (CREATING.includes(operator)) checkWay(document, path);
      const value = valueAt(document, path);
      if (FOR_NUMBERS.includes(operator)) checkNumber(operator, path, value, operand);
      if (FOR_ARRAYS.includes(operator)) checkArray(operator, path, value);
    }
  }
}

function checkWay(document: Fields, path: string): void {
  const names = path.split('.');
  let at: unknown = document;
  for (const [position, name] of names.slice(0, -1).entries()) {
    at = memberOf(at, name);
    if (at === undefined) return;
    const next = names[position + 1] ?? '';
    const isWay = isFields(at) || (Array.isArray(at) && /^\d+$/.test(next));
    if (!isWay) {
      const element = EJSON.stringify({ [name]: at });
      throw new TypeError(`Cannot create field '${next}' in element ${element}`);
    }
  }
}

function checkNumber(operator: string, path: string, value: unknown, operand: unknown): void {
  if (typeRank(operand) !== TYPE_RANKS.number) {
    throw new TypeError(`Cannot ${operator} '${path}' by a value that is no number`);
  }
  if (value !== undefined && typeRank(value) !== TYPE_RANKS.number) {
    throw new TypeError(`Cannot apply ${operator} to '${path}': its value is no number`);
  }
}

function checkArray(operator: string, path: string, value: unknown): void {
  if (value === undefined || Array.isArray(value)) return;
  throw new TypeError(`Cannot apply ${operator} to '${path}': its value is no array`);
}

function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce(memberOf, document);
}

function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value))
    return /^\d+$/.test(name) ? (value as unknown[])[Number(name)] : undefined;
  return isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
