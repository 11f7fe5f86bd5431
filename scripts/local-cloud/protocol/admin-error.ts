import { InvalidRequest } from '../bson/invalid-request';

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
  | 'DATABASE_TRANSACTION_FAIL'
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

/** A request that makes no sense is `DATABASE_REQUEST_FAILED`; anything else is our own failure. */
export function requestFailed(error: unknown): AdminError {
  if (!(error instanceof InvalidRequest)) return systemError(error);
  return new AdminError('DATABASE_REQUEST_FAILED', error.message);
}

/** What an error of ours or of a library says is for the terminal, not for the caller. */
export function systemError(error: unknown): AdminError {
  if (error instanceof AdminError) return error;
  console.error(error);
  return new AdminError('SYS_ERR', 'the local cloud itself failed; see its log');
}
