/** One call of a cloud function, with every way it can go made into a value. */
import type { Refusal } from '../../cloudfunctions/shared/session/contract';

/** The part of `wx.cloud.callFunction` that is used. */
export type CallFunction = (options: {
  name: string;
  data: Record<string, unknown>;
}) => Promise<{ result?: unknown }>;

/** No answer came back. Whether the function ran is unknown. */
export interface NetworkFailure {
  ok: false;
  code: 'NETWORK';
  retryable: true;
}

export type CallFailure = Refusal | NetworkFailure;
export type CallOutcome<T extends object> = ({ ok: true } & T) | CallFailure;

/** Nothing is known about the session from such a failure, and the same call may succeed later. */
export const isRetryable = (outcome: { ok: true } | CallFailure): boolean =>
  !outcome.ok && outcome.retryable;

/** Errors numbered -500000 and below come from the cloud, so the network works. With any other, no answer came back. */
const FIRST_CLOUD_ERROR = -500_000;

/** The function is missing, was killed, crashed, or answered what is no reply: nothing is known about the session. */
const unavailable: Refusal = { ok: false, code: 'UNAVAILABLE', message: '', retryable: true };

export async function callCloud<T extends object>(
  callFunction: CallFunction,
  name: string,
  data: Record<string, unknown>,
): Promise<CallOutcome<T>> {
  try {
    const { result } = await callFunction({ name, data });
    return isReply(result) ? (result as CallOutcome<T>) : unavailable;
  } catch (error) {
    return errorCode(error) <= FIRST_CLOUD_ERROR
      ? unavailable
      : { ok: false, code: 'NETWORK', retryable: true };
  }
}

function isReply(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true || (value.ok === false && 'code' in value);
}

/** 0 when there is none. The wording of `errMsg` is no contract; the numbers are. */
function errorCode(error: unknown): number {
  const code: unknown =
    typeof error === 'object' && error !== null && 'errCode' in error ? error.errCode : undefined;
  return typeof code === 'number' ? code : 0;
}
