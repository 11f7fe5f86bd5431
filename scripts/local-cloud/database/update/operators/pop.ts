/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.pop.html,
 * and `shift`, which is a pop at the front.
 */
import { onArray } from './update-operator';
import { InvalidRequest } from '../../../bson/invalid-request';

export const $pop = onArray('$pop', false, (elements, operand) => {
  if (operand !== 1 && operand !== -1) throw new InvalidRequest('$pop expects 1 or -1');
  return operand === 1 ? elements.slice(0, -1) : elements.slice(1);
});
