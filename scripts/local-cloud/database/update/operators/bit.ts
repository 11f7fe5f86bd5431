/** Raw mode only: https://www.mongodb.com/docs/manual/reference/operator/update/bit/ */
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';
import type { UpdateOperator } from './update-operator';

const OPERATIONS: Readonly<Record<string, (value: number, operand: number) => number>> = {
  and: (value, operand) => value & operand,
  or: (value, operand) => value | operand,
  xor: (value, operand) => value ^ operand,
};

export const $bit: UpdateOperator = {
  creates: true,
  change: (value = 0, operand, path) => {
    const steps = isFields(operand) ? Object.entries(operand) : [];
    if (steps.length === 0) throw new InvalidRequest(`$bit of '${path}' needs and, or, or xor`);
    return steps.reduce<unknown>((bits, [name, step]) => {
      const operation = OPERATIONS[name];
      if (operation === undefined || !Number.isInteger(step) || !Number.isInteger(bits)) {
        throw new InvalidRequest(
          `Cannot apply $bit to '${path}': and, or, and xor of integers only`,
        );
      }
      return operation(bits as number, step as number);
    }, value);
  },
};
