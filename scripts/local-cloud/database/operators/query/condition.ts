/** How an operator of a condition looks at a document. */
import { compareBson, typeRank } from '../../query/bson-order';
import { candidatesAtPath } from '../../query/values-at-path';

/** As mingo calls it, once for a query; the result is asked for every document. */
export type QueryOperator = (path: string, operand: unknown) => (document: unknown) => boolean;

/** An operator that holds when it does for the value, or for one element of it. */
export function anyValue(holds: (value: unknown, operand: unknown) => boolean): QueryOperator {
  return (path, operand) => (document) =>
    candidatesAtPath(document, path).some((value) => holds(value, operand));
}

/** Holds exactly where the other does not. */
export function not(operator: QueryOperator): QueryOperator {
  return (path, operand) => {
    const holds = operator(path, operand);
    return (document) => !holds(document);
  };
}

/** A regular expression where a value is expected matches texts. */
export function matchesValue(value: unknown, operand: unknown): boolean {
  if (operand instanceof RegExp && typeof value === 'string') return operand.test(value);
  return compareBson(value, operand) === 0;
}

/** Only values of one type are compared: `gt(1)` says nothing about a text, and nothing but NaN about NaN. */
export function compares(isRight: (order: number) => boolean): QueryOperator {
  return anyValue(
    (value, operand) =>
      typeRank(value) === typeRank(operand) &&
      Number.isNaN(value) === Number.isNaN(operand) &&
      isRight(compareBson(value, operand)),
  );
}

/** @throws TypeError unless the operand is an array */
export function listOf(name: string, operand: unknown): readonly unknown[] {
  if (!Array.isArray(operand)) throw new TypeError(`${name} needs an array`);
  return operand as unknown[];
}
