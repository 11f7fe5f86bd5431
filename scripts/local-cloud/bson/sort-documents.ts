/**
 * `orderBy` and `$sort`: an array sorts by its smallest element ascending, by its largest
 * descending.
 */
import { compareBson } from './bson-order';
import { valuesAtPath } from './values-at-path';

export type SortOrder = Readonly<Record<string, 1 | -1>>;

/** An empty array sorts before null. */
const EMPTY = Symbol('empty array');

/** Stable; returns a new array. */
export function sortDocuments<T>(documents: readonly T[], order: SortOrder): T[] {
  const fields = Object.entries(order);
  const keyed = documents.map((document) => ({
    document,
    keys: fields.map(([path, direction]) => sortKey(document, path, direction)),
  }));
  keyed.sort((a, b) => {
    for (const [index, [, direction]] of fields.entries()) {
      const difference = compareKeys(a.keys[index], b.keys[index]);
      if (difference !== 0) return difference * direction;
    }
    return 0;
  });
  return keyed.map(({ document }) => document);
}

function sortKey(document: unknown, path: string, direction: 1 | -1): unknown {
  const values = valuesAtPath(document, path).flatMap((value) => {
    if (!Array.isArray(value)) return [value];
    return value.length === 0 ? [EMPTY] : (value as unknown[]);
  });
  return values.reduce(
    (best, value) => (compareKeys(value, best) * direction < 0 ? value : best),
    values[0],
  );
}

function compareKeys(a: unknown, b: unknown): number {
  if (a === EMPTY || b === EMPTY) return Number(b === EMPTY) - Number(a === EMPTY);
  return compareBson(a, b);
}
