/**
 * Stages of mingo, with the checks of the cloud:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.html
 */
import * as mingo from 'mingo/operators/pipeline';
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';

type Stage = (documents: unknown, operand: unknown, options: unknown) => unknown;

/** The problem with an operand, or `undefined`. */
type Check = (operand: unknown) => string | undefined;

const hasFields = (value: unknown): boolean => isFields(value) && Object.keys(value).length > 0;
const isPath = (value: unknown): boolean => typeof value === 'string' && value.startsWith('$');

const CHECKS = {
  $addFields: (operand) =>
    hasFields(operand)
      ? undefined
      : '$addFields specification must be an object with at least one field',
  $group: (operand) => {
    const fields = Object.entries(isFields(operand) ? operand : {});
    const [name] = fields.find(([field, value]) => field !== '_id' && !isAccumulator(value)) ?? [];
    return name === undefined ? undefined : `The field '${name}' must be an accumulator object`;
  },
  $limit: (operand) => (Number(operand) > 0 ? undefined : 'the limit must be positive'),
  $project: (operand) => (hasFields(operand) ? undefined : '$project needs at least one field'),
  $sortByCount: (operand) =>
    isPath(operand) || isFields(operand)
      ? undefined
      : 'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
  $unwind: (operand) =>
    isPath(isFields(operand) ? operand['path'] : operand)
      ? undefined
      : "path option to $unwind stage should be prefixed with a '$'",
} satisfies Record<string, Check>;

function isAccumulator(value: unknown): boolean {
  const [name = '', ...others] = isFields(value) ? Object.keys(value) : [];
  return name.startsWith('$') && others.length === 0;
}

export const checkedStages: Readonly<Record<string, Stage>> = Object.fromEntries(
  Object.entries(CHECKS).map(([name, check]): [string, Stage] => [
    name,
    (documents, operand, options) => {
      const problem = check(operand);
      if (problem !== undefined) throw new InvalidRequest(problem);
      return (mingo as unknown as Record<string, Stage>)[name]?.(documents, operand, options);
    },
  ]),
);
