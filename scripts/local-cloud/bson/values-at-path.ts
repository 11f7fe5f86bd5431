/**
 * The values that a path such as `items.price` leads to. It enters every element of an array on its
 * way; a number in it may also name one element
 * (https://www.mongodb.com/docs/manual/tutorial/query-arrays/).
 */
import { isFields } from '../bson/fields';

/** @returns the values, with `undefined` wherever the path leads to nothing */
export function valuesAtPath(document: unknown, path: string): unknown[] {
  return walk(document, path.split('.'));
}

/** What a condition is tested against: the values, and the elements of those that are arrays. */
export function candidatesAtPath(document: unknown, path: string): unknown[] {
  return valuesAtPath(document, path).flatMap((value) =>
    Array.isArray(value) ? [value, ...(value as unknown[])] : [value],
  );
}

function walk(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (Array.isArray(value)) {
    const elements = value as unknown[];
    const named = /^\d+$/.test(name) && Number(name) < elements.length;
    const direct = named ? walk(elements[Number(name)], rest) : [];
    const inside = elements.filter(isFields).flatMap((element) => walk(element, path));
    return [...direct, ...inside];
  }
  return isFields(value) && Object.hasOwn(value, name) ? walk(value[name], rest) : [undefined];
}
