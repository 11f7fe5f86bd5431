/** The spread of all numbers, and of a sample of them: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.stdDevPop.html, https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.stdDevSamp.html */
import { accumulating, numbersOf } from './gather';

/** @param fewer by how many the count of the numbers is lessened; null when none are left */
const spread = (fewer: 0 | 1) =>
  accumulating((values) => {
    const numbers = numbersOf(values);
    if (numbers.length <= fewer) return null;
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.sqrt(squares / (numbers.length - fewer));
  });

export const $stdDevPop = spread(0);
export const $stdDevSamp = spread(1);
