/** One call of a function, from the caller's identity to the answer of the platform. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallLog, CallRecord } from '../environment/call-log';
import { callerVariables, eventFor, type CallerIdentity } from '../environment/caller';
import type { Clock } from '../environment/clock';
import type { Faults } from '../environment/faults';
import { answerOf, cannotRun, noFunction, type Answered, type CallReply } from './call-reply';
import type { FunctionFiles } from './function-files';
import type { CallOutput } from './function-instance';
import type { FunctionPool } from './function-pool';
import type { InvokeMessage } from './instance/messages';

export interface CallDependencies {
  pool: FunctionPool;
  clock: Clock;
  faults: Faults;
  calls: CallLog;
  environmentId: string;
  onLog: (line: string) => void;
  /** What to keep of a result; without it, nothing. */
  summarise: ((result: unknown) => object) | undefined;
}

interface Call {
  name: string;
  caller: CallerIdentity;
  data: unknown;
  requestId: string;
}

/** How often a call is given to another instance because the one it was given to had ended. */
const MAX_ATTEMPTS = 5;

export async function callFunction(
  dependencies: CallDependencies,
  name: string,
  caller: CallerIdentity,
  data: unknown,
): Promise<CallReply> {
  const { clock, calls, onLog, summarise } = dependencies;
  // Without dashes: in the SDK's `seqId` a dash follows it.
  const requestId = randomUUID().replaceAll('-', '');
  const startedAt = clock.now();
  const record = calls.begin({ function: name, caller, startedAt, requestId });
  const answered = await answer(dependencies, { name, caller, data, requestId }, record);

  record.durationMs = clock.now() - startedAt;
  const { reply } = answered;
  if ('errCode' in reply) {
    Object.assign(record, { outcome: 'error', errCode: reply.errCode, errMsg: reply.errMsg });
  } else if (summarise !== undefined) {
    record.result = summarise(JSON.parse(reply.json));
  }
  if ('headline' in answered) onLog(`${name} failed: ${answered.headline}`);
  calls.finish(record);
  return reply;
}

async function answer(
  dependencies: CallDependencies,
  call: Call,
  record: CallRecord,
): Promise<Answered> {
  const { pool, faults, onLog } = dependencies;
  const { name, requestId } = call;
  const output: CallOutput = {
    line(text) {
      record.logs.push(text);
      onLog(`${name} ${text}`);
    },
    detail: (text) => record.logs.push(...text.trimEnd().split('\n')),
  };
  for (let attempt = 1; ; attempt++) {
    const lease = await pool.lease(name);
    if (lease === undefined) return noFunction(requestId);
    if ('problem' in lease) return cannotRun(lease.problem, requestId);
    const { instance, files, cold } = lease;
    record.cold = cold;
    record.instance = instance.id;
    const { current } = faults;
    if (cold && current?.kind === 'coldStart') await wait(current.ms);
    const message = messageFor(dependencies, call, files);
    const outcome = await instance.invoke(message, files.timeoutSeconds * 1000, output);
    lease.release();
    if (outcome.kind === 'notBegun' && attempt < MAX_ATTEMPTS) continue;
    if ('failure' in outcome) output.detail(outcome.failure.text);
    return answerOf(outcome, files.timeoutSeconds, requestId);
  }
}

function messageFor(
  { clock, faults, environmentId }: CallDependencies,
  { name, caller, data, requestId }: Call,
  { timeoutSeconds, memoryMb, environment }: FunctionFiles,
): InvokeMessage {
  const variables = callerVariables(caller, requestId);
  return {
    event: eventFor(caller, data),
    variables,
    keepStale: faults.current?.kind === 'staleIdentity',
    clockOffsetMs: clock.offsetMs,
    context: {
      request_id: requestId,
      function_name: name,
      function_version: '$LATEST',
      namespace: environmentId,
      memory_limit_in_mb: memoryMb,
      time_limit_in_ms: timeoutSeconds * 1000,
      environment: JSON.stringify({ ...environment, ...variables }),
    },
  };
}
