/**
 * `sort`: https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.sort.html
 */
import type { Iterator } from 'mingo/lazy';
import { decodeSortOrder } from '../../query/sort-order';
import { sortDocuments } from '../../query/sort-documents';

export function $sort(documents: Iterator, operand: unknown): Iterator {
  const order = decodeSortOrder('$sort', operand);
  return documents.transform((all) => sortDocuments(all, order) as never);
}
