/**
 * Values other than numbers are ignored:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.sum.html
 */
import { accumulating, numbersOf } from './gather';

export const $sum = accumulating((values) =>
  numbersOf(values).reduce((sum, value) => sum + value, 0),
);
