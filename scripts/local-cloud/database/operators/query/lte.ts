/**
 * Less than or equal:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.lte.html
 */
import { compares } from './condition';

export const $lte = compares((order) => order <= 0);
