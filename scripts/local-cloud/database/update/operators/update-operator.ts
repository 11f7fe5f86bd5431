/** What an operator of an update makes of one value. */
import { isNumber } from '../../query/bson-order';

export interface UpdateOperator {
  /** Whether it makes a field that is missing. */
  creates: boolean;
  /**
   * @param value `undefined` when the field is missing
   * @returns what the field is from then on; `REMOVED` when it is no more; the same `value` when nothing happens to it
   * @throws TypeError when the operator fits neither its operand nor the value
   */
  change(value: unknown, operand: unknown, path: string): unknown;
}

export const REMOVED = Symbol('removed');

/** An operator that reckons with a number. */
export function onNumber(
  name: string,
  reckon: (value: number | undefined, operand: number) => number,
): UpdateOperator {
  return {
    creates: true,
    change: (value, operand, path) => {
      if (!isNumber(operand)) {
        throw new TypeError(`Cannot ${name} '${path}' by a value that is no number`);
      }
      if (value !== undefined && !isNumber(value)) {
        throw new TypeError(`Cannot apply ${name} to '${path}': its value is no number`);
      }
      return reckon(value === undefined ? undefined : Number(value), Number(operand));
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
        throw new TypeError(`Cannot apply ${name} to '${path}': its value is no array`);
      }
      const changed = change(value ?? [], operand);
      return value === undefined && !creates ? undefined : changed;
    },
  };
}
