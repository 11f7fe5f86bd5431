/**
 * Codes that the admin protocol answers with, as `@cloudbase/node-sdk` and `wx-server-sdk` know them
 * (https://docs.cloudbase.net/error-code/basic). The SDK turns those it does not know into -501001.
 */
export type AdminErrorCode =
  | 'SYS_ERR'
  | 'INVALID_PARAM'
  | 'INVALID_ACTION'
  | 'DATABASE_REQUEST_FAILED'
  | 'DATABASE_COLLECTION_NOT_EXIST'
  | 'DATABASE_COLLECTION_ALREADY_EXIST'
  | 'DATABASE_DUPLICATE_WRITE';

export class AdminError extends Error {
  override readonly name = 'AdminError';

  constructor(
    readonly code: AdminErrorCode,
    message: string,
  ) {
    super(message);
  }
}
