/**
 * What an update makes of a document
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.html).
 * mingo's own updater differs from the cloud in most operators: it takes duplicates out of a set,
 * ignores `sort` and `slice` of a push to a new field, and skips what the cloud refuses.
 */
import { deserialize, serialize } from 'bson';
import type { Document } from '../store/collection';
import { sameBson } from '../../bson/bson-order';
import { isFields, type Fields } from '../../bson/fields';
import { InvalidRequest } from '../../bson/invalid-request';
import { positionFinder } from '../query/found-position';
import { updateOperators } from './operators';
import { REMOVED } from './operators/update-operator';
import { placesOf, put, take, valueAt } from './places';
import { rename } from './rename';

/**
 * Compiles the operators of an update. The returned function changes a document in place; when it
 * throws an InvalidRequest, because an operator does not fit the document, part of it may be changed.
 *
 * @param query finds the elements that `$` stands for
 * @throws InvalidRequest when the operators are malformed or in conflict
 */
export function compileUpdate(
  operators: Fields,
  query: Fields,
  { isInsert, nowMs }: { isInsert: boolean; nowMs: number },
): (document: Document) => void {
  const changes = changesOf(atThisTime(operators, isInsert, nowMs));
  checkPaths(changes);
  const finders = positionFinders(query, changes);
  const mayChangeId = changes.some(touchesId);
  return (document) => {
    const id = mayChangeId ? copyOf(document._id) : undefined;
    // Before anything changes: what the query matched may no longer match afterwards.
    const found = new Map([...finders].map(([array, find]) => [array, find(document)]));
    for (const change of changes) {
      if (change.name === '$rename') rename(document, change.path, change.operand);
      else applyOperator(document, change, (array) => found.get(array) ?? NaN);
    }
    if (mayChangeId && !sameBson(id, copyOf(document._id))) {
      throw new InvalidRequest(
        "Performing an update on the path '_id' would modify the immutable field '_id'",
      );
    }
  };
}

/** As it is stored. */
function copyOf(value: unknown): unknown {
  return deserialize(serialize({ value }))['value'];
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
  if (operator === undefined) throw new InvalidRequest(`Unknown modifier: ${name}`);
  for (const place of placesOf(document, path, { creates: operator.creates, foundAt })) {
    const changed = operator.change(valueAt(place), operand, path);
    if (changed === REMOVED) take(place);
    else if (changed !== undefined) put(place, changed);
  }
}

/** Rewrites `$setOnInsert` and `$currentDate` as `$set`. */
function atThisTime(operators: Fields, isInsert: boolean, nowMs: number): [string, unknown][] {
  return Object.entries(operators).flatMap(([name, fields]): [string, unknown][] => {
    if (isFields(fields) && Object.keys(fields).length === 0) {
      throw new InvalidRequest(
        `'${name}' is empty. You must specify a field like so: {${name}: {<field>: ...}}`,
      );
    }
    if (name === '$setOnInsert') return isInsert ? [['$set', fields]] : [];
    if (name !== '$currentDate' || !isFields(fields)) return [[name, fields]];
    const dates = Object.keys(fields).map((path) => [path, new Date(nowMs)]);
    return [['$set', Object.fromEntries(dates)]];
  });
}

function changesOf(modifier: readonly [string, unknown][]): Change[] {
  return modifier.flatMap(([name, fields]) => {
    if (!isFields(fields)) throw new InvalidRequest(`${name} needs an object of fields`);
    return Object.entries(fields).map(([path, operand]) => ({ name, path, operand }));
  });
}

function pathsOf({ name, path, operand }: Change): string[] {
  return name === '$rename' ? [path, String(operand)] : [path];
}

function touchesId(change: Change): boolean {
  return pathsOf(change).some((one) => one === '_id' || one.startsWith('_id.'));
}

/** No two operators may change the same field, or one a field within the other's. */
function checkPaths(changes: readonly Change[]): void {
  const taken = new Set<string>();
  const above = new Set<string>();
  for (const path of changes.flatMap(pathsOf)) {
    const ancestors = ancestorsOf(path);
    const other = above.has(path) ? path : [path, ...ancestors].find((one) => taken.has(one));
    if (other !== undefined) {
      throw new InvalidRequest(`Updating the path '${path}' would create a conflict at '${other}'`);
    }
    taken.add(path);
    for (const ancestor of ancestors) above.add(ancestor);
  }
}

function ancestorsOf(path: string): string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('.'));
}

/** By the path of each array whose element `$` names. */
function positionFinders(
  query: Fields,
  changes: readonly Change[],
): Map<string, (document: Fields) => number> {
  const arrays = changes.flatMap(({ path }) => {
    const names = path.split('.');
    const at = names.indexOf('$');
    return at > 0 ? [names.slice(0, at).join('.')] : [];
  });
  return new Map(arrays.map((array) => [array, positionFinder(query, array)]));
}
