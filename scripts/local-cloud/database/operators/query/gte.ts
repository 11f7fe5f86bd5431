/**
 * Greater than or equal:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.gte.html
 */
import { compares } from './condition';

export const $gte = compares((order) => order >= 0);
