/** A number that leaves a remainder: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.mod.html */
import { anyValue, listOf, type QueryOperator } from './condition';

export const $mod: QueryOperator = (path, operand) => {
  const [divisor, remainder] = listOf('$mod', operand).map(Number).map(Math.trunc);
  if (divisor === undefined || divisor === 0 || Number.isNaN(divisor) || remainder === undefined) {
    throw new TypeError('$mod needs [divisor, remainder], and a divisor other than 0');
  }
  return anyValue(
    // A remainder of -0 is one of 0.
    (value) => typeof value === 'number' && (Math.trunc(value) % divisor) + 0 === remainder,
  )(path, undefined);
};
