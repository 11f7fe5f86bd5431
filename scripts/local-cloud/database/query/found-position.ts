/** Which element of an array a query found: what `$` stands for in the path of an update or of a field. */
import { Query } from 'mingo';
import { isFields, type Fields } from '../ejson';
import { operatorOptions } from '../operators/context';
import { valuesAtPath } from './values-at-path';

/**
 * The first element that fulfils every condition on the array, or else the first that fulfils the last of them.
 *
 * @param arrayPath the path of the array
 * @throws TypeError when no condition is about the array
 */
export function foundPosition(document: Fields, query: Fields, arrayPath: string): number {
  const [array] = valuesAtPath(document, arrayPath);
  const elements = Array.isArray(array) ? (array as unknown[]) : [];
  const conditions = conditionsOn(query, arrayPath).map((condition) => ({
    condition,
    query: new Query(condition, operatorOptions),
  }));
  const fulfils = (element: unknown, { query }: { query: Query }) =>
    query.test(nested(arrayPath, [element]));
  const last = conditions.at(-1);
  const byAll = elements.findIndex((element) => conditions.every((one) => fulfils(element, one)));
  if (last !== undefined && byAll >= 0) return byAll;
  const byLast = last ? elements.findIndex((element) => fulfils(element, last)) : -1;
  if (byLast >= 0) return byLast;
  throw new TypeError('The positional operator did not find the match needed from the query.');
}

/** Those that must all hold: what is in `$or` says nothing about which of its conditions did. */
function conditionsOn(query: Fields, arrayPath: string): Fields[] {
  return Object.entries(query).flatMap(([name, condition]) => {
    if (name === '$and' && Array.isArray(condition)) {
      return condition.filter(isFields).flatMap((part) => conditionsOn(part, arrayPath));
    }
    if (name === '$or' && Array.isArray(condition)) {
      return condition.filter(isFields).some((part) => conditionsOn(part, arrayPath).length > 0)
        ? [{ [name]: condition }]
        : [];
    }
    return name === arrayPath || name.startsWith(`${arrayPath}.`) ? [{ [name]: condition }] : [];
  });
}

/** A document with nothing but this value at this path. */
function nested(path: string, value: unknown): Fields {
  return path
    .split('.')
    .reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Fields;
}
