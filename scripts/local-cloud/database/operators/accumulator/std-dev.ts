/**
 * The standard deviation of a population, and of a sample:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.stdDevPop.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.stdDevSamp.html
 */
import { accumulating, numbersOf } from './gather';

/** @param correction subtracted from the count: 1 for a sample (Bessel), 0 for a population */
const deviation = (correction: 0 | 1) =>
  accumulating((values) => {
    const numbers = numbersOf(values);
    if (numbers.length <= correction) return null;
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.sqrt(squares / (numbers.length - correction));
  });

export const $stdDevPop = deviation(0);
export const $stdDevSamp = deviation(1);
