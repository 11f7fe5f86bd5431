import { fieldsOf, isFields, listOf, numberOf, textOf, type Fields } from './decode';

export interface Operation {
  action: string;
  collection: string;
  durationMs: number;
  failed: boolean;
}

/** One call of a function, as the local cloud lists it. */
export interface CallRecord {
  id: string;
  functionName: string;
  openid: string;
  source: string;
  /** Epoch milliseconds on the cloud's clock. */
  startedAt: number;
  durationMs: number;
  cold: boolean;
  /** `OK`, the code of a refusal, or the platform's error code. */
  code: string;
  verdict: 'ok' | 'refused' | 'failed';
  operations: Operation[];
}

export function readCallRecord(value: unknown): CallRecord {
  const call = fieldsOf(value);
  const caller = fieldsOf(call['caller']);
  const startedAt = call['startedAt'];
  return {
    id: String(call['id']),
    functionName: textOf(call['function']),
    openid: textOf(caller['openid']),
    source: textOf(caller['source']),
    startedAt: typeof startedAt === 'string' ? Date.parse(startedAt) : numberOf(startedAt),
    durationMs: numberOf(call['durationMs']),
    cold: call['cold'] === true,
    ...outcomeOf(call),
    operations: listOf(call['operations']).map(readOperation),
  };
}

function outcomeOf(call: Fields): Pick<CallRecord, 'code' | 'verdict'> {
  const { outcome, errCode, result } = call;
  if (outcome === 'error')
    return { code: typeof errCode === 'number' ? String(errCode) : 'error', verdict: 'failed' };
  if (isFields(result) && result['ok'] === false) {
    return { code: textOf(result['code']), verdict: 'refused' };
  }
  return { code: 'OK', verdict: 'ok' };
}

function readOperation(value: unknown): Operation {
  const operation = fieldsOf(value);
  return {
    action: textOf(operation['action']).replace(/^database\./, ''),
    collection: textOf(operation['collection']),
    durationMs: numberOf(operation['durationMs']),
    failed: operation['outcome'] !== 'ok',
  };
}
