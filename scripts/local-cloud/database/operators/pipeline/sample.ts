/**
 * So many documents, picked at random, each at most once:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.sample.html
 */
import { Lazy, type Iterator } from 'mingo/lazy';
import { isFields } from '../../../bson/fields';
import { InvalidRequest } from '../../../bson/invalid-request';

export function $sample(documents: Iterator, operand: unknown): Iterator {
  const size = isFields(operand) ? operand['size'] : undefined;
  if (typeof size !== 'number' || !(size > 0)) {
    throw new InvalidRequest('size argument to $sample must be a positive integer');
  }
  return documents.transform((all) => {
    const shuffled = [...all];
    const count = Math.min(Math.floor(size), shuffled.length);
    for (let place = 0; place < count; place++) {
      const other = place + Math.floor(Math.random() * (shuffled.length - place));
      [shuffled[place], shuffled[other]] = [shuffled[other], shuffled[place]];
    }
    return Lazy(shuffled.slice(0, count));
  });
}
