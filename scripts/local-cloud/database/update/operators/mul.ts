/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.mul.html
 */
import { onNumber } from './update-operator';

export const $mul = onNumber('$mul', (value = 0, factor) => value * factor);
