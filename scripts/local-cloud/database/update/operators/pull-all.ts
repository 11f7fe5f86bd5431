/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.pullAll.html
 */
import { sameBson } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { onArray } from './update-operator';

export const $pullAll = onArray('$pullAll', false, (elements, operand) => {
  if (!Array.isArray(operand)) throw new InvalidRequest('$pullAll requires an array argument');
  const pulled = operand as unknown[];
  return elements.filter((element) => !pulled.some((value) => sameBson(element, value)));
});
