/** The conditions of `elemMatch` and `pull` on one element of an array. */
import { Query } from 'mingo/query';
import { isFields, type Fields } from '../../../bson/fields';
import type { OperatorOptions } from './operator-options';

/** These combine conditions on fields. */
const LOGICAL = ['$and', '$or', '$nor'];
/** These test elements that are arrays themselves. */
const ABOUT_ARRAYS = ['$elemMatch', '$size', '$all'];

/** @param condition on the fields of an element, or operators that test the element itself */
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
