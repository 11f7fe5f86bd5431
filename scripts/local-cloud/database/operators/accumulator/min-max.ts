/**
 * The largest and smallest value, of any type but null:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.max.html,
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.min.html
 */
import { compareBson } from '../../../bson/bson-order';
import { isNothing } from '../expression/arguments';
import { accumulating } from './gather';

const best = (direction: 1 | -1) =>
  accumulating((values) =>
    values
      .filter((value) => !isNothing(value))
      .reduce<unknown>(
        (found, value) =>
          found === null || compareBson(value, found) * direction > 0 ? value : found,
        null,
      ),
  );

export const $max = best(1);
export const $min = best(-1);
