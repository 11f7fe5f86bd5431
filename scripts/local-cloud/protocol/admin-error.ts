/**
 * Error codes of the admin protocol, as `@cloudbase/node-sdk` and `wx-server-sdk` know them
 * (https://docs.cloudbase.net/error-code/basic). `wx-server-sdk` turns unknown codes into -501001.
 */
export type AdminErrorCode =
  | 'SYS_ERR'
  | 'INVALID_PARAM'
  | 'INVALID_ACTION'
  | 'DATABASE_REQUEST_FAILED'
  | 'DATABASE_COLLECTION_NOT_EXIST'
  | 'DATABASE_PERMISSION_DENIED'
  | 'DATABASE_COLLECTION_ALREADY_EXIST'
  | 'DATABASE_DUPLICATE_WRITE'
  | 'DATABASE_TRANSACTION_CONFLICT'
  | 'DATABASE_TRANSACTION_NOT_EXIST'
  | 'FUNCTION_NOT_FOUND'
  | 'FUNCTIONS_EXECUTE_FAIL'
  | 'FUNCTIONS_TIME_LIMIT_EXCEEDED';

export class AdminError extends Error {
  override readonly name = 'AdminError';

  constructor(
    readonly code: AdminErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Wraps an error of a query, an update or an index as `DATABASE_REQUEST_FAILED`. */
export function requestFailed(error: unknown): AdminError {
  if (error instanceof AdminError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AdminError('DATABASE_REQUEST_FAILED', message);
}
