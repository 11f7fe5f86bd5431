/**
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/command/aggregate/AggregateCommand.push.html
 */
import { gather, type Accumulator } from './gather';

export const $push: Accumulator = gather;
