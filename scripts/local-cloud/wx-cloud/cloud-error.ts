/**
 * Errors in the shape of the mini program's own SDK. Codes and texts are those of
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/error-code.html.
 */

export interface CloudError extends Error {
  errCode: number;
  errMsg: string;
}

/** By code of the admin protocol; every other one is a system error. */
const NUMBERS: Readonly<Record<string, number>> = {
  SYS_ERR: -501001,
  SERVER_TIMEOUT: -501002,
  EXCEED_REQUEST_LIMIT: -501003,
  EXCEED_CONCURRENT_REQUEST_LIMIT: -501004,
  INVALID_PARAM: -501007,
  DATABASE_REQUEST_FAILED: -502001,
  DATABASE_PERMISSION_DENIED: -502003,
  DATABASE_COLLECTION_NOT_EXIST: -502005,
  STORAGE_REQUEST_FAIL: -503001,
  STORAGE_EXCEED_AUTHORITY: -503002,
  STORAGE_FILE_NONEXIST: -503003,
};

const TEXTS: Readonly<Record<number, string>> = {
  [-401003]: 'api parameter type error',
  [-501001]: 'resource system error',
  [-501002]: 'resource server timeout',
  [-501003]: 'exceed request limit',
  [-501004]: 'exceed concurrent request limit',
  [-501007]: 'invalid parameters',
  [-502001]: 'database request fail',
  [-502003]: 'database permission denied',
  [-502005]: 'database collection not exists',
  [-503001]: 'storage request fail',
  [-503002]: 'storage permission denied',
  [-503003]: 'storage file not exists',
};

export const WRONG_TYPE = -401003;
const UNKNOWN = -1;

/** The number of a code of the admin protocol, and what it says. */
export function codeOf(code: string): { errCode: number; text: string } {
  const errCode = NUMBERS[code] ?? -501001;
  return { errCode, text: TEXTS[errCode] ?? '' };
}

/** An error that has a number of its own. */
export function cloudError(api: string, errCode: number, message: string): CloudError {
  const text = TEXTS[errCode];
  return asError(
    `${api}:fail ${text === undefined ? '' : `${errCode} ${text}. `}${message}`,
    errCode,
  );
}

/** What an API rejects with: `error` may be a reply with a code, or what a connection throws. */
export function failureOf(api: string, error: unknown): CloudError {
  if (isCloudError(error)) return error;
  const { code, message, errMsg } = (error ?? {}) as Record<string, unknown>;
  if (typeof code === 'string') return cloudError(api, codeOf(code).errCode, String(message));
  const said = [errMsg, message].find((text) => typeof text === 'string') ?? String(error);
  return asError(`${api}:fail ${said}`, UNKNOWN);
}

export function isCloudError(error: unknown): error is CloudError {
  return (
    error instanceof Error &&
    'errCode' in error &&
    typeof error.errCode === 'number' &&
    'errMsg' in error
  );
}

function asError(errMsg: string, errCode: number): CloudError {
  return Object.assign(new Error(errMsg), { errCode, errMsg });
}
