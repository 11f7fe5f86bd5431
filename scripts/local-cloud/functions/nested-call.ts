/**
 * Functions that call functions with `cloud.callFunction` of the SDK. The callee sees the same
 * person, and `scf` appended to the source
 * (https://developers.weixin.qq.com/minigame/dev/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html).
 */
import type { CallLog } from '../environment/call-log';
import { AdminError, type AdminErrorCode } from '../protocol/admin-error';
import type { Fields } from '../bson/fields';
import type { CallReply } from './call-reply';
import type { CallerIdentity } from '../environment/caller';

/** @param callId of the call in which the calling function runs */
export type NestedCall = (callId: string | undefined, body: Fields) => Promise<Fields>;

export type CallFunctionAs = (
  name: string,
  caller: CallerIdentity,
  data: unknown,
) => Promise<CallReply>;

/** Stops a function that calls itself endlessly. */
const MAX_DEPTH = 8;

const CODES: Readonly<Record<number, AdminErrorCode>> = {
  [-501000]: 'FUNCTION_NOT_FOUND',
  [-504002]: 'FUNCTIONS_EXECUTE_FAIL',
  [-504003]: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
};

export function createNestedCall(calls: CallLog, callFunction: CallFunctionAs): NestedCall {
  return async (callId, { function_name: name, request_data: data }) => {
    if (typeof name !== 'string' || (data !== undefined && typeof data !== 'string')) {
      throw new AdminError('INVALID_PARAM', 'function_name and request_data must be strings');
    }
    const caller = callId === undefined ? undefined : calls.running(callId)?.caller;
    const source = [...(caller?.source.split(',') ?? []), 'scf'];
    if (source.length > MAX_DEPTH) {
      throw new AdminError(
        'FUNCTIONS_EXECUTE_FAIL',
        `functions call each other more than ${MAX_DEPTH} deep`,
      );
    }
    // What it hands on is data of its own, whatever WeChat filled in for itself.
    const identity = { ...caller, source: source.join(','), openDataKeys: [] };
    const reply = await callFunction(name, identity, parse(data));
    if ('errCode' in reply) {
      throw new AdminError(CODES[reply.errCode] ?? 'FUNCTIONS_EXECUTE_FAIL', reply.errMsg);
    }
    return { response_data: reply.json };
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
