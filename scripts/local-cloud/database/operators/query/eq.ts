/**
 * The value, or one of its elements, is equal:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.eq.html
 */
import { anyValue, matchesValue } from './condition';

export const $eq = anyValue(matchesValue);
