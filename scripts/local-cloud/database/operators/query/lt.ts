/**
 * Less than:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.lt.html
 */
import { compares } from './condition';

export const $lt = compares((order) => order < 0);
