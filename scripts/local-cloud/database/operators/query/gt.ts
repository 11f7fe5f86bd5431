/**
 * Greater than:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.gt.html
 */
import { compares } from './condition';

export const $gt = compares((order) => order > 0);
