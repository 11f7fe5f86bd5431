/**
 * A number with this remainder:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.mod.html
 */
import { anyValue, arrayOperand, type QueryOperator } from './condition';
import { InvalidRequest } from '../../../bson/invalid-request';

export const $mod: QueryOperator = (path, operand) => {
  const [divisor, remainder] = arrayOperand('$mod', operand).map(Number).map(Math.trunc);
  if (divisor === undefined || divisor === 0 || Number.isNaN(divisor) || remainder === undefined) {
    throw new InvalidRequest('$mod needs [divisor, remainder], and a divisor other than 0');
  }
  return anyValue(
    // Adding 0 turns a remainder of -0 into 0.
    (value) => typeof value === 'number' && (Math.trunc(value) % divisor) + 0 === remainder,
  )(path, undefined);
};
