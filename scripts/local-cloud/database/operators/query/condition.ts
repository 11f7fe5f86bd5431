/** How a query operator tests a document. */
import { compareBson, typeRank } from '../../../bson/bson-order';
import { candidatesAtPath } from '../../../bson/values-at-path';
import { InvalidRequest } from '../../../bson/invalid-request';

/** Called by mingo once for each query; the returned function is called for each document. */
export type QueryOperator = (path: string, operand: unknown) => (document: unknown) => boolean;

/** An operator that holds for a value, or for one of its elements. */
export function anyValue(holds: (value: unknown, operand: unknown) => boolean): QueryOperator {
  return (path, operand) => (document) =>
    candidatesAtPath(document, path).some((value) => holds(value, operand));
}

/** Holds exactly where the other operator does not. */
export function not(operator: QueryOperator): QueryOperator {
  return (path, operand) => {
    const holds = operator(path, operand);
    return (document) => !holds(document);
  };
}

/** A regular expression in place of a value matches strings. */
export function matchesValue(value: unknown, operand: unknown): boolean {
  if (operand instanceof RegExp && typeof value === 'string') return operand.test(value);
  return compareBson(value, operand) === 0;
}

/**
 * Only values of the same type are compared: `gt(1)` matches no string, and NaN only matches NaN.
 */
export function compares(isRight: (order: number) => boolean): QueryOperator {
  return anyValue(
    (value, operand) =>
      typeRank(value) === typeRank(operand) &&
      Number.isNaN(value) === Number.isNaN(operand) &&
      isRight(compareBson(value, operand)),
  );
}

/** @throws InvalidRequest unless the operand is an array */
export function arrayOperand(name: string, operand: unknown): readonly unknown[] {
  if (!Array.isArray(operand)) throw new InvalidRequest(`${name} needs an array`);
  return operand as unknown[];
}
