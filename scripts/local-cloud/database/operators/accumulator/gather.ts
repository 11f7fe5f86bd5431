/** The values that an accumulator looks at. */
import { evalExpr } from 'mingo/core';
import * as mingo from 'mingo/operators/accumulator';
import type { Options } from 'mingo/types';
import { isFields } from '../../ejson';
import type { ExpressionOperator } from '../expression/expression-operator';

/** As mingo calls it, for each group. */
export type Accumulator = (documents: unknown[], operand: unknown, options: Options) => unknown;

/** One value of each document of a group; where it is missing there is none. */
export function gather(documents: unknown[], operand: unknown, options: Options): unknown[] {
  // Within a field, mingo keeps apart what is missing and what is null.
  const gathered = mingo.$push(documents, { value: operand }, options);
  return gathered
    .map((each) => (isFields(each) ? each['value'] : undefined))
    .filter((value) => value !== undefined);
}

/**
 * Of a group, or as an expression: of several values, or of the elements of the one that is an array
 * (https://www.mongodb.com/docs/manual/reference/operator/aggregation/sum/).
 */
export function accumulating(answer: (values: readonly unknown[]) => unknown): ExpressionOperator {
  return (document, operand, options) => {
    if (Array.isArray(document)) return answer(gather(document, operand, options));
    return answer(valuesOf(document, operand, options).filter((value) => value !== undefined));
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
