/**
 * How much the cloud takes and gives at once. The numbers of documents are documented
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/collection/Collection.limit.html); the
 * sizes were measured from cloud functions by people in the field, and are nowhere official.
 */
import { calculateObjectSize } from 'bson';
import { AdminError } from './admin-error';

/** What `get` gives when it is not told. */
export const DEFAULT_DOCUMENTS = 100;
export const MAX_DOCUMENTS = 1_000;

/**
 * What an aggregation gives without a `limit` stage, and with one: so measured by several people, e.g.
 * https://developers.weixin.qq.com/community/develop/article/doc/000624c67c8b48611dba2b12058c13
 */
export const DEFAULT_AGGREGATED = 20;
export const MAX_AGGREGATED = 10_000;

export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;
const MAX_RESULT_BYTES = 50 * 1024 * 1024;

/** @throws AdminError */
export function checkDocumentSize(document: object): void {
  if (calculateObjectSize(document) > MAX_DOCUMENT_BYTES) {
    throw new AdminError(
      'DATABASE_REQUEST_FAILED',
      `a document is over ${MAX_DOCUMENT_BYTES} bytes`,
    );
  }
}

/** @throws AdminError */
export function checkResultSize(texts: readonly string[]): void {
  const bytes = texts.reduce((total, text) => total + Buffer.byteLength(text), 0);
  if (bytes > MAX_RESULT_BYTES) {
    throw new AdminError('DATABASE_REQUEST_FAILED', `the result is over ${MAX_RESULT_BYTES} bytes`);
  }
}
