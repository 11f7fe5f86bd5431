/**
 * A function that calls another, by `cloud.callFunction` of the SDK. The callee sees the same person, and `scf` behind the
 * source (https://developers.weixin.qq.com/minigame/dev/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html).
 */
import type { CallLog } from '../call-log';
import { AdminError, type AdminErrorCode } from '../database/admin-error';
import type { Fields } from '../database/ejson';
import type { CallReply } from './call-function';
import type { CallerIdentity } from './caller-variables';

/** @param callId of the call that the caller runs in */
export type NestedCall = (callId: string | undefined, body: Fields) => Promise<Fields>;

export type CallFunctionAs = (
  name: string,
  caller: CallerIdentity,
  data: unknown,
) => Promise<CallReply>;

/** A function that calls itself without end stops here. */
const MAX_DEPTH = 8;

const CODES: Readonly<Record<number, AdminErrorCode>> = {
  [-501000]: 'FUNCTION_NOT_FOUND',
  [-504002]: 'FUNCTIONS_EXECUTE_FAIL',
  [-504003]: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
};

export function createNestedCall(calls: CallLog, callFunction: CallFunctionAs): NestedCall {
  return async (callId, { function_name: name, request_data: data }) => {
    if (typeof name !== 'string' || (data !== undefined && typeof data !== 'string')) {
      throw new AdminError('INVALID_PARAM', 'function_name and request_data must be texts');
    }
    const caller = callId === undefined ? undefined : calls.running(callId)?.caller;
    const source = [...(caller?.source.split(',') ?? []), 'scf'];
    if (source.length > MAX_DEPTH) {
      throw new AdminError(
        'FUNCTIONS_EXECUTE_FAIL',
        `functions call each other more than ${MAX_DEPTH} deep`,
      );
    }
    const identity = { ...caller, source: source.join(',') };
    const reply = await callFunction(name, identity, parse(data));
    if ('errCode' in reply) {
      throw new AdminError(CODES[reply.errCode] ?? 'FUNCTIONS_EXECUTE_FAIL', reply.errMsg);
    }
    return { response_data: JSON.stringify(reply.result) };
  };
}

function parse(text: string | undefined): unknown {
  if (text === undefined || text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AdminError('INVALID_PARAM', 'request_data is not JSON');
  }
}
