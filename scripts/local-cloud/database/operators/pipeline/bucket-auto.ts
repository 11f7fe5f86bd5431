/**
 * No buckets without documents:
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate/Aggregate.bucketAuto.html
 */
import { Lazy, type Iterator } from 'mingo/lazy';
import * as mingo from 'mingo/operators/pipeline';

type BucketAuto = typeof mingo.$bucketAuto;

export function $bucketAuto(
  documents: Iterator,
  operand: Parameters<BucketAuto>[1],
  options: Parameters<BucketAuto>[2],
): Iterator {
  return documents.transform((all) =>
    all.length === 0 ? Lazy([]) : mingo.$bucketAuto(Lazy(all), operand, options),
  );
}
