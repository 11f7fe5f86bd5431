/** The latest calls, and what each asked of the cloud, for `GET /calls`. */
import type { CallerIdentity } from './caller';

export interface OperationRecord {
  /** e.g. `getDocument` */
  action: string;
  collection: string;
  /** Epoch milliseconds on the clock of this cloud. */
  startedAt: number;
  durationMs: number;
  /** `ok`, or the code that the SDK got. */
  outcome: string;
  /** How many documents were read, written or removed. */
  matched?: number;
  /** The index that was used, or `_id`; `null`: every document was examined. */
  index?: string | null;
  /** How many documents were examined. */
  scanned?: number;
  /** Whose phone asked; absent for functions and tools. */
  caller?: CallerIdentity;
}

/** Of no call of a function: a phone's, or a tool's. */
export interface AdminOperationRecord extends OperationRecord {
  /** In one row with those of calls. */
  id: number;
}

export interface OpenInterfaceRecord {
  /** e.g. `subscribeMessage.send` */
  name: string;
  /** `ok`, or the code that the SDK got. */
  outcome: string;
  /** What was sent to a person. The arguments of other interfaces may be secret. */
  message?: Readonly<Record<string, unknown>>;
}

export interface CallRecord {
  id: number;
  requestId: string;
  function: string;
  caller: CallerIdentity;
  startedAt: number;
  durationMs: number;
  cold: boolean;
  instance: number;
  outcome: 'ok' | 'error';
  errCode?: number;
  errMsg?: string;
  /** What `summarise` of the options kept of the result. */
  result?: object;
  operations: OperationRecord[];
  /** The open interfaces of WeChat that it called. */
  openapi: OpenInterfaceRecord[];
  logs: string[];
}

const KEPT_CALLS = 500;

export interface CallLog {
  /** Begins a record, which is listed once `finish` is called. */
  begin(start: Pick<CallRecord, 'function' | 'caller' | 'startedAt' | 'requestId'>): CallRecord;
  finish(record: CallRecord): void;
  /** The call with this request id, while it runs. */
  running(requestId: string): CallRecord | undefined;
  /** @param requestId of the call that made it; operations of no call are kept apart */
  operation(requestId: string | undefined, record: OperationRecord): void;
  since(id: number): {
    calls: readonly CallRecord[];
    adminOperations: readonly AdminOperationRecord[];
    /** How many calls have not finished yet. */
    running: number;
  };
  clear(): void;
}

const latest = <T>(records: readonly T[]): T[] => records.slice(-KEPT_CALLS);

export function createCallLog(): CallLog {
  const running = new Map<string, CallRecord>();
  let finished: CallRecord[] = [];
  let adminOperations: AdminOperationRecord[] = [];
  let lastId = 0;
  return {
    begin(start) {
      const record: CallRecord = {
        ...start,
        id: 0,
        durationMs: 0,
        cold: false,
        instance: 0,
        outcome: 'ok',
        operations: [],
        openapi: [],
        logs: [],
      };
      running.set(start.requestId, record);
      return record;
    },
    running: (requestId) => running.get(requestId),
    finish(record) {
      running.delete(record.requestId);
      // Numbered as they finish, so that `since` misses none.
      record.id = ++lastId;
      finished = latest([...finished, record]);
    },
    operation(requestId, operation) {
      const call = requestId === undefined ? undefined : running.get(requestId);
      if (call !== undefined) call.operations.push(operation);
      else adminOperations.push({ ...operation, id: ++lastId });
      // Not each time: copying the list would cost as much as an operation.
      if (adminOperations.length >= 2 * KEPT_CALLS) adminOperations = latest(adminOperations);
    },
    since: (id) => ({
      calls: finished.filter((call) => call.id > id),
      adminOperations: latest(adminOperations).filter((operation) => operation.id > id),
      running: running.size,
    }),
    clear() {
      finished = [];
      adminOperations = [];
    },
  };
}
