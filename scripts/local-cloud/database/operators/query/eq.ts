/** Equal, to the value or to one of its elements: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/Command.eq.html */
import { anyValue, matchesValue } from './condition';

export const $eq = anyValue(matchesValue);
