/**
 * What an update makes of a document
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.html). mingo has an updater
 * too, but it differs from the cloud in most operators: it takes doubles out of a set, forgets `sort` and `slice` of a
 * push to a new field, and leaves a document as it is where the cloud refuses.
 */
import { deserialize, serialize } from 'bson';
import type { Document } from '../../state/collection';
import { isFields, type Fields } from '../ejson';
import { sameBson } from '../query/bson-order';
import { foundPosition } from '../query/found-position';
import { updateOperators } from './operators';
import { REMOVED } from './operators/update-operator';
import { placesOf, put, take, valueAt } from './places';
import { rename } from './rename';

/**
 * @param document is changed
 * @returns whether it is another one than before: the platform counts only such a document as updated
 * @throws TypeError when an operator does not fit what is there; the document may be changed in part then
 */
export function applyUpdate(
  document: Document,
  operators: Fields,
  query: Fields,
  { isInsert, nowMs }: { isInsert: boolean; nowMs: number },
): boolean {
  const changes = changesOf(atThisTime(operators, isInsert, nowMs));
  checkPaths(changes);
  const before = serialize(document);
  // Before anything changes: an element that this update changes is still the one that was found.
  const found = foundPositions(document, query, changes);
  for (const change of changes) {
    if (change.name === '$rename') rename(document, change.path, change.operand);
    else applyOperator(document, change, (array) => found.get(array) ?? NaN);
  }
  const after = serialize(document);
  if (changes.some(touchesId) && !hasSameId(before, after)) {
    throw new TypeError(
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return Buffer.compare(before, after) !== 0;
}

interface Change {
  /** Of the operator. */
  name: string;
  path: string;
  operand: unknown;
}

function applyOperator(
  document: Document,
  { name, path, operand }: Change,
  foundAt: (path: string) => number,
): void {
  const operator = updateOperators[name];
  if (operator === undefined) throw new TypeError(`Unknown modifier: ${name}`);
  for (const place of placesOf(document, path, { creates: operator.creates, foundAt })) {
    const changed = operator.change(valueAt(place), operand, path);
    if (changed === REMOVED) take(place);
    else if (changed !== undefined) put(place, changed);
  }
}

/** `$setOnInsert` and `$currentDate` are a `$set` that does not always happen, and one of the time. */
function atThisTime(operators: Fields, isInsert: boolean, nowMs: number): [string, unknown][] {
  return Object.entries(operators).flatMap(([name, fields]): [string, unknown][] => {
    if (name === '$setOnInsert') return isInsert ? [['$set', fields]] : [];
    if (name !== '$currentDate' || !isFields(fields)) return [[name, fields]];
    const dates = Object.keys(fields).map((path) => [path, new Date(nowMs)]);
    return [['$set', Object.fromEntries(dates)]];
  });
}

function changesOf(modifier: readonly [string, unknown][]): Change[] {
  return modifier.flatMap(([name, fields]) => {
    if (!isFields(fields)) throw new TypeError(`${name} needs an object of fields`);
    return Object.entries(fields).map(([path, operand]) => ({ name, path, operand }));
  });
}

function pathsOf({ name, path, operand }: Change): string[] {
  return name === '$rename' ? [path, String(operand)] : [path];
}

function touchesId(change: Change): boolean {
  return pathsOf(change).some((one) => one === '_id' || one.startsWith('_id.'));
}

function hasSameId(before: Uint8Array, after: Uint8Array): boolean {
  return sameBson(deserialize(before)['_id'], deserialize(after)['_id']);
}

/** No two operators may be about one field, or one about a part of what the other is about. */
function checkPaths(changes: readonly Change[]): void {
  const taken = new Set<string>();
  const above = new Set<string>();
  for (const path of changes.flatMap(pathsOf)) {
    const ancestors = ancestorsOf(path);
    const other = above.has(path) ? path : [path, ...ancestors].find((one) => taken.has(one));
    if (other !== undefined) {
      throw new TypeError(`Updating the path '${path}' would create a conflict at '${other}'`);
    }
    taken.add(path);
    for (const ancestor of ancestors) above.add(ancestor);
  }
}

function ancestorsOf(path: string): string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}

/** By the path of the array: the place of the element that the query found. */
function foundPositions(
  document: Fields,
  query: Fields,
  changes: readonly Change[],
): Map<string, number> {
  const arrays = changes.flatMap(({ path }) => {
    const names = path.split('.');
    const at = names.indexOf('$');
    return at > 0 ? [names.slice(0, at).join('.')] : [];
  });
  return new Map(arrays.map((array) => [array, foundPosition(document, query, array)]));
}
