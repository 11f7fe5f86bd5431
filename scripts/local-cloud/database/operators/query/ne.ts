/**
 * Not equal, also where the field is missing:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.neq.html
 */
import { not } from './condition';
import { $eq } from './eq';

export const $ne = not($eq);
