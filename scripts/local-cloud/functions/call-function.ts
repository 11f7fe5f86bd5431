/** One call of a function, from the caller's identity to the answer of the platform. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallLog } from '../environment/call-log';
import type { Clock } from '../environment/clock';
import type { Faults } from '../environment/faults';
import { callerVariables, eventFor, type CallerIdentity } from '../environment/caller';
import type { InstanceOutcome } from './function-instance';
import type { FunctionPool } from './function-pool';

interface CallDependencies {
  pool: FunctionPool;
  clock: Clock;
  faults: Faults;
  calls: CallLog;
  environmentId: string;
  onLog: (line: string) => void;
}

/** What `wx.cloud.callFunction` resolves to, or rejects with. */
export type CallReply =
  | { result: unknown; errMsg: string; requestID: string }
  | { errCode: number; errMsg: string; requestID: string };

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/error-code.html */
const NO_FUNCTION = -501000;
const EXECUTION_FAILED = -504002;
const TIMED_OUT = -504003;

/** The limit of the platform for the result of a function. */
const MAX_RESULT_BYTES = 6 * 1024 * 1024;

export async function callFunction(
  { pool, clock, faults, calls, environmentId, onLog }: CallDependencies,
  name: string,
  caller: CallerIdentity,
  data: unknown,
): Promise<CallReply> {
  // Without dashes: in the SDK's `seqId` a dash follows it.
  const requestId = randomUUID().replaceAll('-', '');
  const startedAt = clock.now();
  const record = calls.begin({ function: name, caller, startedAt, requestId });
  const lease = await pool.lease(name);

  let reply: CallReply;
  if (lease === undefined) {
    reply = failure(NO_FUNCTION, 'FunctionName parameter could not be found', requestId);
  } else {
    const { instance, files, cold } = lease;
    record.cold = cold;
    record.instance = instance.id;
    const { current } = faults;
    if (cold && current?.kind === 'coldStart') await wait(current.ms);
    const variables = callerVariables(caller, requestId);
    const message = {
      event: eventFor(caller, data),
      variables,
      keepStale: current?.kind === 'staleIdentity',
      clockOffsetMs: clock.offsetMs,
      context: {
        request_id: requestId,
        function_name: name,
        function_version: '$LATEST',
        namespace: environmentId,
        memory_limit_in_mb: 256,
        time_limit_in_ms: files.timeoutSeconds * 1000,
        environment: JSON.stringify({ ...files.environment, ...variables }),
      },
    };
    const outcome = await instance.invoke(message, files.timeoutSeconds * 1000, (line) => {
      record.logs.push(line);
      onLog(`${name} ${line}`);
    });
    lease.release();
    reply = replyTo(outcome, files.timeoutSeconds, requestId);
  }

  record.durationMs = clock.now() - startedAt;
  if ('errCode' in reply) {
    Object.assign(record, { outcome: 'error', errCode: reply.errCode, errMsg: reply.errMsg });
  } else {
    record.result = summaryOf(reply.result);
  }
  calls.finish(record);
  return reply;
}

function replyTo(outcome: InstanceOutcome, timeoutSeconds: number, requestId: string): CallReply {
  switch (outcome.kind) {
    case 'returned':
      if (JSON.stringify(outcome.result ?? null).length > MAX_RESULT_BYTES) {
        return failure(
          EXECUTION_FAILED,
          `functions execute fail | errMsg: the result is over ${MAX_RESULT_BYTES} bytes`,
          requestId,
        );
      }
      return { result: outcome.result, errMsg: 'cloud.callFunction:ok', requestID: requestId };
    case 'threw':
    case 'crashed':
      return failure(
        EXECUTION_FAILED,
        `functions execute fail | errMsg: ${outcome.message}`,
        requestId,
      );
    case 'timedOut':
      return failure(
        TIMED_OUT,
        `functions time out | errMsg: Invoking task timed out after ${timeoutSeconds} seconds`,
        requestId,
      );
  }
}

function failure(errCode: number, message: string, requestID: string): CallReply {
  return {
    errCode,
    errMsg: `cloud.callFunction:fail Error: errCode: ${errCode} ${message}`,
    requestID,
  };
}

function summaryOf(result: unknown): { ok?: boolean; code?: string } {
  if (typeof result !== 'object' || result === null) return {};
  const { ok, code } = result as Record<string, unknown>;
  return {
    ...(typeof ok === 'boolean' && { ok }),
    ...(typeof code === 'string' && { code }),
  };
}
