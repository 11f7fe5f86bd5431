/**
 * Sorts documents:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.sort.html
 */
import { Lazy, type Iterator } from 'mingo/lazy';
import { sortDocuments } from '../../../bson/sort-documents';
import { decodeSortOrder } from '../../../bson/sort-order';

export function $sort(documents: Iterator, operand: unknown): Iterator {
  const order = decodeSortOrder('$sort', operand);
  return documents.transform((all) => Lazy(sortDocuments(all, order)));
}
