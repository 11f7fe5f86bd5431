/** One call of a cloud function. However it ends, it resolves to a value. */
import type { Refusal } from '#functions/session-contract';
import { isComplete, isEndCode, isErrorCode, isRecord, isRefusal, refusal } from './replies';
import type { SessionEvent } from './session-state';

/** The part of `wx.cloud.callFunction` that is used. */
export type CallFunction = (options: {
  name: string;
  data: Record<string, unknown>;
}) => Promise<{ result?: unknown }>;

/** Runs something later, unless it is cancelled before. */
export type After = (ms: number, run: () => void) => () => void;

/** No answer came back. Whether the function ran is unknown. */
export interface NetworkFailure {
  ok: false;
  code: 'NETWORK';
  retryable: true;
  detail?: undefined;
  /** It was given up after the longest wait: repeating it at once would double that. */
  givenUp?: true;
}

export type CallFailure = Refusal | NetworkFailure;
export type CallOutcome<T extends object> = ({ ok: true } & T) | CallFailure;

/**
 * Nothing is known about the session from such a failure, and the same call may succeed in a
 * moment.
 */
export function isWorthRepeating(outcome: { ok: true } | CallFailure): boolean {
  if (outcome.ok || !outcome.retryable || outcome.code === 'TOO_MANY_ATTEMPTS') return false;
  return !('givenUp' in outcome);
}

/**
 * Errors numbered -404000 and below come from the cloud, so the network works: -404011 is a
 * function that failed, -5xxxxx are WeChat's own. With any other number, no answer came back.
 */
const FIRST_CLOUD_ERROR = -404_000;

/** Longer than any function of the session runs (10 s), in milliseconds. */
export const LONGEST_CALL_MS = 15_000;

/**
 * The function is missing, was killed, crashed or sent something that is not a reply: this says
 * nothing about the session.
 */
const unavailable = refusal('UNAVAILABLE');
const lost: NetworkFailure = { ok: false, code: 'NETWORK', retryable: true };

/** Always ends: a call that never answers is given up. What it answers later goes to `late`. */
export function callCloud<T extends object>(
  callFunction: CallFunction,
  after: After,
  name: string,
  data: object,
  late: (outcome: CallOutcome<T>) => void = () => undefined,
): Promise<CallOutcome<T>> {
  return new Promise((resolve) => {
    let settle: (outcome: CallOutcome<T>) => void = resolve;
    const cancel = after(LONGEST_CALL_MS, () => {
      resolve({ ...lost, givenUp: true });
      settle = late;
    });
    void attempt<T>(callFunction, name, { ...data }).then((outcome) => {
      cancel();
      settle(outcome);
    });
  });
}

async function attempt<T extends object>(
  callFunction: CallFunction,
  name: string,
  data: Record<string, unknown>,
): Promise<CallOutcome<T>> {
  try {
    const { result } = await callFunction({ name, data });
    if (isRefusal(result)) return result;
    const isReply = isRecord(result) && result['ok'] === true && isComplete(name, data, result);
    return isReply ? (result as { ok: true } & T) : unavailable;
  } catch (error) {
    return isFromCloud(error) ? unavailable : lost;
  }
}

/** The numbers are documented; the wording of `errMsg` is not. */
function isFromCloud(error: unknown): boolean {
  return isRecord(error) && Number(error['errCode']) <= FIRST_CLOUD_ERROR;
}

/** An unknown code, or an end code here, is a mistake of the function that answered. */
export function problemOf({ code, detail }: CallFailure): SessionEvent {
  const isKnown = code === 'NETWORK' || (isErrorCode(code) && !isEndCode(code));
  const problem = isKnown ? code : 'INTERNAL';
  return { type: 'failed', failure: { problem, ...(detail && { problemDetail: detail }) } };
}
