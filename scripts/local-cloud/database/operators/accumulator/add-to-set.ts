/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.addToSet.html
 */
import { distinct } from '../../../bson/bson-order';
import { gather, type Accumulator } from './gather';

export const $addToSet: Accumulator = (...given) => distinct(gather(...given));
