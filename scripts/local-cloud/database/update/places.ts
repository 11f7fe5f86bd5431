/**
 * The places in a document that the path of an update leads to: `a.b`, `list.0`, and in arrays `$`,
 * the element that the query matched, and `$[]`, every element
 * (https://www.mongodb.com/docs/manual/reference/operator/update/positional/ and its neighbours).
 */
import { EJSON } from 'bson';
import { isFields, type Fields } from '../../bson/fields';
import { InvalidRequest } from '../../bson/invalid-request';

export interface Place {
  container: Fields | unknown[];
  key: string;
}

export interface Way {
  /** Whether missing fields along the path are created; if not, such a path leads nowhere. */
  creates: boolean;
  /** The index of the element that the query matched, in the array at this path. */
  foundAt: (path: string) => number;
}

const EVERY = '$[]';
const FOUND = '$';

/** @throws InvalidRequest when a value along the path can't hold the next field */
export function placesOf(document: Fields, path: string, way: Way): Place[] {
  const names = path.split('.');
  if (names.includes('')) {
    throw new InvalidRequest(`The update path '${path}' contains an empty field name`);
  }
  if (names[0]?.startsWith('$') === true) {
    throw new InvalidRequest(`The dollar ($) prefixed field '${path}' is not valid for storage`);
  }
  return walk(document, [], names, way);
}

function walk(
  at: unknown,
  passed: readonly string[],
  [name = '', ...rest]: readonly string[],
  way: Way,
): Place[] {
  if (name.startsWith(FOUND)) {
    return positions(at, passed, name, way).flatMap((key) => step(at, passed, key, rest, way));
  }
  return step(at, passed, name, rest, way);
}

/** @param at the value that should hold `key` */
function step(
  at: unknown,
  passed: readonly string[],
  key: string,
  rest: readonly string[],
  way: Way,
): Place[] {
  const container = containerOf(at, key);
  if (container === undefined) {
    if (way.creates) throw cannotCreate(passed, key, at);
    return [];
  }
  if (rest.length === 0) return [{ container, key }];
  let next = valueAt({ container, key });
  if (next === undefined) {
    if (!way.creates) return [];
    next = {};
    put({ container, key }, next);
  }
  return walk(next, [...passed, key], rest, way);
}

function containerOf(value: unknown, key: string): Fields | unknown[] | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(key) ? (value as unknown[]) : undefined;
  return isFields(value) ? value : undefined;
}

function positions(at: unknown, passed: readonly string[], name: string, way: Way): string[] {
  const path = passed.join('.');
  if (name !== FOUND && name !== EVERY) {
    throw new InvalidRequest(`No array filter found for identifier '${name}' in path '${path}'`);
  }
  if (!Array.isArray(at)) {
    throw new InvalidRequest(`Cannot apply array updates to non-array element ${path}`);
  }
  return name === EVERY ? Object.keys(at) : [String(way.foundAt(path))];
}

function cannotCreate(passed: readonly string[], key: string, at: unknown): InvalidRequest {
  const element = EJSON.stringify({ [passed.at(-1) ?? '']: at });
  return new InvalidRequest(`Cannot create field '${key}' in element ${element}`);
}

/** `undefined` where there is none. */
export function valueAt({ container, key }: Place): unknown {
  if (Array.isArray(container)) return container[Number(key)];
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

/** Pads an array that is too short with null. */
export function put({ container, key }: Place, value: unknown): void {
  if (!Array.isArray(container)) {
    // Assigning to `__proto__` would set the prototype; here it is a name like any other.
    Object.defineProperty(container, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
    return;
  }
  const index = Number(key);
  while (container.length < index) container.push(null);
  container[index] = value;
}

/** Removes a field. An array element becomes null, so that the others keep their positions. */
export function take({ container, key }: Place): void {
  if (!Array.isArray(container)) Reflect.deleteProperty(container, key);
  else if (Number(key) < container.length) container[Number(key)] = null;
}
