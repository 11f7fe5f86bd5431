/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.inc.html
 */
import { onNumber } from './update-operator';

export const $inc = onNumber('$inc', (value = 0, amount) => value + amount);
