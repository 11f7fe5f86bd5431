import type { Environment } from '../environment';
import { messageOf, type ErrorLog } from '../error-log';
import { ApiFailure } from './api-failure';
import { asyncApi, isOptions, type Options } from './async-api';
import { onlyThese } from './only-these';

/**
 * Sends one call to the cloud and answers the body of its reply: `{ result, errMsg, requestID }` or
 * `{ errCode, errMsg }`. Rejects when the cloud cannot be reached.
 */
export type CallFunction = (name: string, data: unknown, signal: AbortSignal) => Promise<unknown>;

/** No code of the platform's: the request did not get through, and whether it arrived is not known. */
const UNREACHED = -1;
const WRONG_ARGUMENT = -601002;

export function cloudApis(
  callFunction: CallFunction,
  environment: Environment,
  errors: ErrorLog,
): Record<string, unknown> {
  let initialised = false;
  return onlyThese('wx.cloud', {
    init: () => {
      initialised = true;
    },
    callFunction: asyncApi('cloud.callFunction', errors, async (options) => {
      if (!initialised)
        throw failure(UNREACHED, "Cloud API isn't enabled, please call wx.cloud.init first");
      return call(callFunction, environment, options);
    }),
  });
}

async function call(
  callFunction: CallFunction,
  environment: Environment,
  { name, data }: Options,
): Promise<object> {
  if (typeof name !== 'string') throw failure(WRONG_ARGUMENT, 'parameter.name should be String');
  if (!environment.online) throw failure(UNREACHED, 'request:fail the network is offline');
  const reply = await reach(
    callFunction,
    environment,
    name,
    JSON.parse(JSON.stringify(data ?? {})),
  );
  if (!isOptions(reply)) throw failure(UNREACHED, 'the reply is not an object');
  const { errCode, errMsg } = reply;
  if (typeof errCode === 'number' && errCode !== 0) throw failure(errCode, String(errMsg));
  return { ...reply, errMsg: 'cloud.callFunction:ok' };
}

async function reach(
  callFunction: CallFunction,
  environment: Environment,
  name: string,
  data: unknown,
): Promise<unknown> {
  const abort = new AbortController();
  const cutOff = (): void => {
    abort.abort();
  };
  environment.onlineChanged.add(cutOff);
  try {
    return await callFunction(name, data, abort.signal);
  } catch (cause) {
    throw failure(UNREACHED, `request:fail ${messageOf(cause)}`);
  } finally {
    environment.onlineChanged.remove(cutOff);
  }
}

function failure(errCode: number, message: string): ApiFailure {
  const prefix = 'cloud.callFunction:fail';
  const errMsg = message.startsWith(prefix)
    ? message
    : `${prefix} Error: errCode: ${String(errCode)} | errMsg: ${message}`;
  return new ApiFailure(errMsg, errCode);
}
