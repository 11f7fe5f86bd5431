/**
 * Values of different types are compared in the order of their types:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.min.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.max.html
 */
import { compareBson } from '../../../bson/bson-order';
import type { UpdateOperator } from './update-operator';

function keeping(isBetter: (order: number) => boolean): UpdateOperator {
  return {
    creates: true,
    change: (value, operand) =>
      value === undefined || isBetter(compareBson(operand, value)) ? operand : value,
  };
}

export const $min = keeping((order) => order < 0);
export const $max = keeping((order) => order > 0);
