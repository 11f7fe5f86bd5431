/**
 * The average of the numbers among the values, or null:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.avg.html
 */
import { accumulating, numbersOf } from './gather';

export const $avg = accumulating((values) => {
  const numbers = numbersOf(values);
  if (numbers.length === 0) return null;
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
});
