/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.push.html,
 * and `unshift`, which is a push to the front.
 */
import { isFields } from '../../../bson/fields';
import { compareBson } from '../../../bson/bson-order';
import { sortDocuments } from '../../../bson/sort-documents';
import { decodeSortOrder } from '../../../bson/sort-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { onArray } from './update-operator';

export const $push = onArray('$push', true, (elements, operand) => {
  if (!isFields(operand) || !('$each' in operand)) return [...elements, operand];
  const { $each: each, $position: position, $sort: sort, $slice: slice, ...unknown } = operand;
  const [misplaced] = Object.keys(unknown);
  if (misplaced !== undefined)
    throw new InvalidRequest(`Unrecognized clause in $push: ${misplaced}`);
  if (!Array.isArray(each))
    throw new InvalidRequest('The argument to $each in $push must be an array');
  const pushed = [...elements];
  pushed.splice(integerClause('$position', position) ?? pushed.length, 0, ...(each as unknown[]));
  const sorted = sort === undefined ? pushed : sortedBy(sort, pushed);
  const kept = integerClause('$slice', slice);
  if (kept === undefined) return sorted;
  return kept < 0 ? sorted.slice(kept) : sorted.slice(0, kept);
});

function integerClause(clause: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) {
    throw new InvalidRequest(`The value for ${clause} must be an integer value`);
  }
  return value as number;
}

/** @param sort a direction for whole elements, or directions for some of their fields */
function sortedBy(sort: unknown, elements: readonly unknown[]): unknown[] {
  if (isFields(sort)) return sortDocuments(elements, decodeSortOrder('$sort', sort));
  if (sort !== 1 && sort !== -1) {
    throw new InvalidRequest('The $sort element value must be either 1 or -1');
  }
  return [...elements].sort((a, b) => sort * compareBson(a, b));
}
