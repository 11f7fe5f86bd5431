/** https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate-command/AggregateCommand.push.html */
import { gather, type Accumulator } from './gather';

export const $push: Accumulator = gather;
