/** What `wx.cloud.callFunction` resolves to, or rejects with. */
import type { InstanceOutcome } from './function-instance';

export type CallReply = CallResult | CallError;

export interface CallResult {
  /** The result as JSON, as the instance wrote it. */
  json: string;
  errMsg: string;
  requestID: string;
}

export interface CallError {
  errCode: number;
  errMsg: string;
  requestID: string;
}

/** A reply, and what is said of it in the terminal. */
export type Answered = { reply: CallResult } | { reply: CallError; headline: string };

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/error-code.html */
const NO_FUNCTION = -501000;
const EXECUTION_FAILED = -504002;
const TIMED_OUT = -504003;

export const noFunction = (requestId: string): Answered =>
  failure(NO_FUNCTION, 'FunctionName parameter could not be found', requestId);

export const cannotRun = (problem: string, requestId: string): Answered =>
  executionFailed({ text: problem, headline: problem }, requestId);

export function answerOf(
  outcome: InstanceOutcome,
  timeoutSeconds: number,
  requestID: string,
): Answered {
  switch (outcome.kind) {
    case 'returned':
      return { reply: { json: outcome.json, errMsg: 'cloud.callFunction:ok', requestID } };
    case 'threw':
    case 'crashed':
      return executionFailed(outcome.failure, requestID);
    case 'notBegun': {
      const text = 'the process of the function ended each time before the call began';
      return executionFailed({ text, headline: text }, requestID);
    }
    case 'timedOut': {
      const text = `Invoking task timed out after ${timeoutSeconds} seconds`;
      return failure(TIMED_OUT, `functions time out | errMsg: ${text}`, requestID, text);
    }
  }
}

/** The body of the answer to a client. */
export function replyText(reply: CallReply): string {
  if ('errCode' in reply) return JSON.stringify(reply);
  const { json, ...others } = reply;
  return `{"result":${json},${JSON.stringify(others).slice(1)}`;
}

function executionFailed(
  { text, headline }: { text: string; headline: string },
  requestID: string,
): Answered {
  return failure(EXECUTION_FAILED, `functions execute fail | errMsg: ${text}`, requestID, headline);
}

function failure(
  errCode: number,
  message: string,
  requestID: string,
  headline = message,
): Answered {
  const errMsg = `cloud.callFunction:fail Error: errCode: ${errCode} ${message}`;
  return { reply: { errCode, errMsg, requestID }, headline: `${errCode} ${headline}` };
}
