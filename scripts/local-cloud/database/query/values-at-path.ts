/**
 * The values that a path such as `items.price` leads to. On its way it goes into every element of an array; a number in
 * it may name one of them (https://www.mongodb.com/docs/manual/tutorial/query-arrays/).
 */
import { isFields } from '../ejson';

/** @returns `undefined` among them where the path leads to nothing */
export function valuesAtPath(document: unknown, path: string): unknown[] {
  return walk(document, path.split('.'));
}

/** What a condition is compared with: the values, and the elements of those that are arrays. */
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
