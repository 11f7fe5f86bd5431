/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.remove.html
 */
import { REMOVED, type UpdateOperator } from './update-operator';

export const $unset: UpdateOperator = { creates: false, change: () => REMOVED };
