/**
 * The number of documents; without any, no result:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.count.html
 */
import { Lazy, type Iterator } from 'mingo/lazy';
import { InvalidRequest } from '../../../bson/invalid-request';

export function $count(documents: Iterator, name: unknown): Iterator {
  if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.includes('.')) {
    throw new InvalidRequest('$count needs the name of a field');
  }
  return documents.transform((all) => Lazy(all.length === 0 ? [] : [{ [name]: all.length }]));
}
