/** Conditions on one element of an array: of `elemMatch`, and of `pull`. */
import { Query } from 'mingo/query';
import { isFields, type Fields } from '../../ejson';
import type { OperatorOptions } from '../operator-options';

/** They combine conditions on fields. */
const LOGICAL = ['$and', '$or', '$nor'];
/** They are about an element that is an array itself; all others are about what is none. */
const ABOUT_ARRAYS = ['$elemMatch', '$size', '$all'];

/** @param condition on the fields of an element, or operators that are about the element itself */
export function elementMatcher(
  condition: Fields,
  options: OperatorOptions,
): (element: unknown) => boolean {
  const names = Object.keys(condition);
  if (!names.some((name) => name.startsWith('$') && !LOGICAL.includes(name))) {
    const query = new Query(condition, options);
    return (element) => isFields(element) && query.test(element);
  }
  const query = new Query({ element: condition }, options);
  const isAboutArrays = names.some((name) => ABOUT_ARRAYS.includes(name));
  return (element) =>
    query.test({ element: Array.isArray(element) && !isAboutArrays ? [element] : element });
}
