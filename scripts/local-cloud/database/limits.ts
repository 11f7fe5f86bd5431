/**
 * How much the cloud returns at once. The numbers of documents are documented
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/collection/Collection.limit.html);
 * people have measured the size in cloud functions, it is documented nowhere.
 */
import { AdminError } from '../protocol/admin-error';

/** Returned by `get` without a `limit`. */
export const DEFAULT_DOCUMENTS = 100;
export const MAX_DOCUMENTS = 1_000;

/**
 * Returned by an aggregation without a `limit` stage, and at most with one, as several people have
 * measured, e.g.
 * https://developers.weixin.qq.com/community/develop/article/doc/000624c67c8b48611dba2b12058c13
 */
export const DEFAULT_AGGREGATED = 20;
export const MAX_AGGREGATED = 10_000;

const MAX_RESULT_BYTES = 50 * 1024 * 1024;

/** @throws AdminError */
export function checkResultSize(texts: readonly string[]): void {
  const bytes = texts.reduce((total, text) => total + Buffer.byteLength(text), 0);
  if (bytes > MAX_RESULT_BYTES) {
    throw new AdminError('DATABASE_REQUEST_FAILED', `the result is over ${MAX_RESULT_BYTES} bytes`);
  }
}
