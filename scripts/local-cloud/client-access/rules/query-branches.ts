/**
 * What a query promises of every document that it matches: the rules are held against it, not
 * against documents.
 */
import { isFields, type Fields } from '../../bson/fields';
import type { ComparisonOperator } from './parse-rule';

interface Promised {
  path: string;
  operator: ComparisonOperator;
  value: unknown;
  /** It is one of several values, by `in`. */
  isOneOfSeveral?: boolean;
}

/** One way to match the query: all of these hold. */
export type Branch = readonly Promised[];

const OPERATORS: Readonly<Record<string, ComparisonOperator>> = {
  $eq: '==',
  $ne: '!=',
  $gt: '>',
  $gte: '>=',
  $lt: '<',
  $lte: '<=',
};

/** Beyond it an `or` or `in` promises nothing, as if it were not there. */
const MAX_BRANCHES = 200;

/** A document that matches is in at least one of the branches. */
export function branchesOf(query: Fields): Branch[] {
  return Object.entries(query).reduce<Branch[]>(
    (branches, [key, condition]) => combine(branches, branchesOfCondition(key, condition)),
    [[]],
  );
}

function branchesOfCondition(key: string, condition: unknown): Branch[] {
  if (key === '$and' && Array.isArray(condition)) {
    return condition.filter(isFields).map(branchesOf).reduce(combine, [[]]);
  }
  if (key === '$or' && Array.isArray(condition)) {
    return condition.flatMap((part) => (isFields(part) ? branchesOf(part) : [[]]));
  }
  if (key.startsWith('$') || condition instanceof RegExp) return [[]];
  const isOperation =
    isFields(condition) && Object.keys(condition).some((name) => name.startsWith('$'));
  if (!isOperation) return [[{ path: key, operator: '==', value: condition }]];
  return Object.entries(condition)
    .map(([name, value]): Branch[] => {
      if (name === '$in' && Array.isArray(value)) {
        const isOneOfSeveral = value.length > 1;
        return value.map((item: unknown) =>
          // It is a pattern in `in`, and no value that the field has.
          item instanceof RegExp
            ? []
            : [{ path: key, operator: '==', value: item, isOneOfSeveral }],
        );
      }
      const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
      return [operator === undefined ? [] : [{ path: key, operator, value }]];
    })
    .reduce(combine, [[]]);
}

/** Both hold. */
function combine(one: Branch[], other: Branch[]): Branch[] {
  if (one.length * other.length > MAX_BRANCHES) return one.length > MAX_BRANCHES ? [[]] : one;
  return one.flatMap((branch) => other.map((more) => [...branch, ...more]));
}
