/** The values that an accumulator works on. */
import { evalExpr } from 'mingo/core';
import * as mingo from 'mingo/operators/accumulator';
import type { Options } from 'mingo/types';
import { isFields } from '../../../bson/fields';
import type { ExpressionOperator } from '../expression/expression-operator';

/** Called by mingo for each group. */
export type Accumulator = (documents: unknown[], operand: unknown, options: Options) => unknown;

/** One value from each document of a group; missing ones are left out. */
export function gather(documents: unknown[], operand: unknown, options: Options): unknown[] {
  // Only within a field mingo tells missing values from null.
  const gathered = mingo.$push(documents, { value: operand }, options);
  return gathered
    .map((each) => (isFields(each) ? each['value'] : undefined))
    .filter((value) => value !== undefined);
}

/**
 * For a group; or as an expression, for several values, or for the elements of a single array
 * (https://www.mongodb.com/docs/manual/reference/operator/aggregation/sum/).
 */
export function accumulating(compute: (values: readonly unknown[]) => unknown): ExpressionOperator {
  return (document, operand, options) => {
    if (Array.isArray(document)) return compute(gather(document, operand, options));
    return compute(valuesOf(document, operand, options).filter((value) => value !== undefined));
  };
}

function valuesOf(document: unknown, operand: unknown, options: Options): readonly unknown[] {
  const parts = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  const values = parts.map((part) => evalExpr(document, part, options));
  const [only] = values;
  return values.length === 1 && Array.isArray(only) ? (only as unknown[]) : values;
}

export function numbersOf(values: readonly unknown[]): number[] {
  return values.filter((value) => typeof value === 'number');
}
