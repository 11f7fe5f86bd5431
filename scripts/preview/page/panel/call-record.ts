import {
  fieldsOrNone,
  itemsOrNone,
  numberOrZero,
  stringOrEmpty,
  type Fields,
} from '../../app/decode';
import type { PreviewApp } from '../../app/preview-app';

export interface Operation {
  action: string;
  collection: string;
  durationMs: number;
  failed: boolean;
}

/** One of WeChat's that it called. */
export interface OpenInterface {
  name: string;
  /** `ok`, or the code with which it was refused. */
  outcome: string;
}

export type Verdict = 'ok' | 'refused' | 'failed';

/** One call of a function, as the local cloud lists it, or what a phone asked of the database. */
export interface CallRecord {
  id: number;
  /** `''`: a phone asked the database itself. */
  functionName: string;
  openid: string;
  source: string;
  /** Epoch milliseconds on the cloud's clock. */
  startedAt: number;
  durationMs: number;
  cold: boolean;
  /** `OK`, the app's code of a refusal, or the cloud's error code. */
  code: string;
  verdict: Verdict;
  operations: Operation[];
  openInterfaces: OpenInterface[];
  /** Why it failed, as the caller was told; `''` where it did not. */
  message: string;
  /** What it printed, and why it failed, with the stack; a line each. */
  logs: string[];
}

type RefusalCode = PreviewApp['refusalCode'];

export function readCallRecord(value: unknown, refusalCode: RefusalCode): CallRecord {
  const call = fieldsOrNone(value);
  const caller = fieldsOrNone(call['caller']);
  const startedAt = call['startedAt'];
  return {
    id: numberOrZero(call['id']),
    functionName: stringOrEmpty(call['function']),
    openid: stringOrEmpty(caller['openid']),
    source: stringOrEmpty(caller['source']),
    startedAt: typeof startedAt === 'string' ? Date.parse(startedAt) : numberOrZero(startedAt),
    durationMs: numberOrZero(call['durationMs']),
    cold: call['cold'] === true,
    ...outcomeOf(call, refusalCode),
    operations: itemsOrNone(call['operations']).map(readOperation),
    openInterfaces: itemsOrNone(call['openapi']).map(readOpenInterface),
    message: stringOrEmpty(call['errMsg']),
    logs: itemsOrNone(call['logs']).map(stringOrEmpty),
  };
}

/** `undefined` for one of a tool, such as the panel itself. */
export function readPhoneOperation(value: unknown): CallRecord | undefined {
  const operation = fieldsOrNone(value);
  const { openid, source } = fieldsOrNone(operation['caller']);
  if (operation['caller'] === undefined) return undefined;
  const outcome = stringOrEmpty(operation['outcome']);
  const isFine = outcome === 'ok';
  return {
    id: numberOrZero(operation['id']),
    functionName: '',
    openid: stringOrEmpty(openid),
    source: stringOrEmpty(source),
    startedAt: numberOrZero(operation['startedAt']),
    durationMs: numberOrZero(operation['durationMs']),
    cold: false,
    code: isFine ? 'OK' : outcome,
    verdict: isFine ? 'ok' : 'failed',
    operations: [readOperation(value)],
    openInterfaces: [],
    message: '',
    logs: [],
  };
}

function outcomeOf(call: Fields, refusalCode: RefusalCode): Pick<CallRecord, 'code' | 'verdict'> {
  const { outcome, errCode, result } = call;
  if (outcome === 'error')
    return { code: typeof errCode === 'number' ? String(errCode) : 'error', verdict: 'failed' };
  const refused = refusalCode(result);
  return refused === undefined
    ? { code: 'OK', verdict: 'ok' }
    : { code: refused, verdict: 'refused' };
}

function readOperation(value: unknown): Operation {
  const operation = fieldsOrNone(value);
  return {
    action: stringOrEmpty(operation['action']).replace(/^database\./, ''),
    collection: stringOrEmpty(operation['collection']),
    durationMs: numberOrZero(operation['durationMs']),
    failed: operation['outcome'] !== 'ok',
  };
}

function readOpenInterface(value: unknown): OpenInterface {
  const { name, outcome } = fieldsOrNone(value);
  return { name: stringOrEmpty(name), outcome: stringOrEmpty(outcome) };
}
