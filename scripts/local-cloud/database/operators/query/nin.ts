/**
 * Equal to no value of a list, also where the field is missing:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.nin.html
 */
import { not } from './condition';
import { $in } from './in';

export const $nin = not($in);
