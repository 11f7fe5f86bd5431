/**
 * Equal to a value of a list:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.in.html
 */
import { anyValue, arrayOperand, matchesValue, type QueryOperator } from './condition';

export const $in: QueryOperator = (path, operand) => {
  const list = arrayOperand('$in', operand);
  return anyValue((value) => list.some((wanted) => matchesValue(value, wanted)))(path, undefined);
};
