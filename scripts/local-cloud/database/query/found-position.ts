/**
 * The array element that a query matched: what `$` means in the path of an update or a projection.
 */
import { isFields, type Fields } from '../../bson/fields';
import { valuesAtPath } from '../../bson/values-at-path';
import { InvalidRequest } from '../../bson/invalid-request';
import { compileQuery, type CompiledQuery } from './compiled-query';

/**
 * Compiles the conditions of a query on an array. The returned function gives the index of the
 * first element that fulfils them all, or else of the first that fulfils the last of them; it
 * throws an InvalidRequest when there is none.
 */
export function positionFinder(query: Fields, arrayPath: string): (document: Fields) => number {
  const conditions = conditionsOn(query, arrayPath).map((condition) => compileQuery(condition, 0));
  const last = conditions.at(-1);
  const fulfils = (element: unknown, condition: CompiledQuery): boolean =>
    condition.matches(nested(arrayPath, [element]));
  return (document) => {
    const [array] = valuesAtPath(document, arrayPath);
    const elements = Array.isArray(array) ? (array as unknown[]) : [];
    const byAll = elements.findIndex((element) => conditions.every((one) => fulfils(element, one)));
    if (last !== undefined && byAll >= 0) return byAll;
    const byLast = last ? elements.findIndex((element) => fulfils(element, last)) : -1;
    if (byLast >= 0) return byLast;
    throw new InvalidRequest(
      'The positional operator did not find the match needed from the query.',
    );
  };
}

/** The conditions that must all hold: an `$or` does not tell which of its conditions did. */
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

/** A document with this value at this path, and nothing else. */
function nested(path: string, value: unknown): Fields {
  return path
    .split('.')
    .reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Fields;
}
