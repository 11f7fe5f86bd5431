/** Evaluating the arguments of expression operators. */
import { EJSON } from 'bson';
import { evalExpr } from 'mingo/core';
import { isFields, type Fields } from '../../../bson/fields';
import { isNumber } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { arrayOperand } from '../query/condition';
import type { ExpressionOperator } from './expression-operator';

export type Given = Parameters<ExpressionOperator>;

/** @throws InvalidRequest unless the operand is a list of this many expressions */
export function evaluateList(
  name: string,
  [document, operand, options]: Given,
  [least, most]: readonly [least: number, most: number],
): unknown[] {
  const list = arrayOperand(name, operand);
  if (list.length < least || list.length > most) {
    const count = least === most ? String(least) : `${least} to ${most}`;
    throw new InvalidRequest(
      `Expression ${name} takes ${count} arguments. ${list.length} were passed in.`,
    );
  }
  return list.map((part) => evalExpr(document, part, options));
}

/** A single argument, which may stand in a list of one. */
export function evaluateOne([document, operand, options]: Given): unknown {
  return evalExpr(document, unwrapped(operand), options);
}

/** `$abs: ['$n']` is `$abs: '$n'`. */
export function unwrapped(operand: unknown): unknown {
  return Array.isArray(operand) && operand.length === 1 ? (operand as unknown[])[0] : operand;
}

/** @throws InvalidRequest unless the operand is an object with only these fields */
export function evaluateFields(
  name: string,
  [document, operand, options]: Given,
  known: readonly string[],
): Fields {
  if (!isFields(operand))
    throw new InvalidRequest(`${name} only supports an object as its argument`);
  const unknown = Object.keys(operand).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw new InvalidRequest(`Unrecognized argument to ${name}: ${unknown}`);
  return Object.fromEntries(
    Object.entries(operand).map(([field, part]) => [field, evalExpr(document, part, options)]),
  );
}

export function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** @throws InvalidRequest unless it is an array */
export function elementsOf(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new InvalidRequest(
    `The argument to ${name} must be an array, but was ${EJSON.stringify({ value })}`,
  );
}

/** @throws InvalidRequest unless it is a number */
export function numberOf(name: string, value: unknown): number {
  if (isNumber(value)) return Number(value);
  throw new InvalidRequest(`${name} only supports numeric types`);
}
