/**
 * Duplicates that are in the array already stay:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.addToSet.html
 */
import { isFields } from '../../../bson/fields';
import { sameBson } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { onArray } from './update-operator';

export const $addToSet = onArray('$addToSet', true, (elements, operand) => {
  const set = [...elements];
  for (const added of addedBy(operand)) {
    if (!set.some((element) => sameBson(element, added))) set.push(added);
  }
  return set;
});

function addedBy(operand: unknown): readonly unknown[] {
  if (!isFields(operand) || !('$each' in operand)) return [operand];
  const { $each: each } = operand;
  if (!Array.isArray(each))
    throw new InvalidRequest('The argument to $each in $addToSet must be an array');
  return each as unknown[];
}
