/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.set.html
 */
import type { UpdateOperator } from './update-operator';

export const $set: UpdateOperator = { creates: true, change: (_value, operand) => operand };
