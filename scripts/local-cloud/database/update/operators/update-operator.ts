/** How an update operator changes one value. */
import { isNumber } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';

export interface UpdateOperator {
  /** Whether it creates a missing field. */
  creates: boolean;
  /**
   * @param value `undefined` when the field is missing
   * @returns the new value; `REMOVED` to remove the field; `value` itself to leave it
   * @throws InvalidRequest when the operand or the value does not fit the operator
   */
  change(value: unknown, operand: unknown, path: string): unknown;
}

export const REMOVED = Symbol('removed');

/** An operator that computes a number. */
export function onNumber(
  name: string,
  compute: (value: number | undefined, operand: number) => number,
): UpdateOperator {
  return {
    creates: true,
    change: (value, operand, path) => {
      if (!isNumber(operand)) {
        throw new InvalidRequest(`Cannot ${name} '${path}' by a value that is not a number`);
      }
      if (value !== undefined && !isNumber(value)) {
        throw new InvalidRequest(`Cannot apply ${name} to '${path}': its value is not a number`);
      }
      return compute(value === undefined ? undefined : Number(value), Number(operand));
    },
  };
}

/** An operator that changes an array. */
export function onArray(
  name: string,
  creates: boolean,
  change: (elements: readonly unknown[], operand: unknown) => unknown[],
): UpdateOperator {
  return {
    creates,
    change: (value, operand, path) => {
      if (value !== undefined && !Array.isArray(value)) {
        throw new InvalidRequest(`Cannot apply ${name} to '${path}': its value is not an array`);
      }
      const changed = change(value ?? [], operand);
      return value === undefined && !creates ? undefined : changed;
    },
  };
}
