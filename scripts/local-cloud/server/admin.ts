/** `POST /admin`: the protocol of the SDKs, one body for each action. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallLog } from '../environment/call-log';
import type { Clock } from '../environment/clock';
import { actions, type ActionResult } from '../database/actions';
import { AdminError, systemError, type AdminErrorCode } from '../protocol/admin-error';
import { isFields, type Fields } from '../bson/fields';
import type { Faults } from '../environment/faults';
import type { NestedCall } from '../functions/nested-call';
import type { DocumentStore } from '../database/store/document-store';
import type { FileStore } from '../storage/file-store';
import { isMultipart } from '../protocol/multipart';
import type { OpenInterfaces } from '../open-interfaces/open-interfaces';
import type { RawReply } from '../open-interfaces/raw-reply';
import { storageActions } from '../storage/storage-actions';

export interface AdminDependencies {
  store: DocumentStore;
  files: FileStore;
  /** The address of this server, e.g. `http://127.0.0.1:8787`. */
  url: () => string;
  clock: Clock;
  faults: Faults;
  calls: CallLog;
  /** Calls a function on behalf of another. */
  callNested: NestedCall;
  openInterfaces: OpenInterfaces;
  /** The platform documents the first, and people have seen the second. */
  duplicateKeyCode: 'DATABASE_DUPLICATE_WRITE' | 'DATABASE_REQUEST_FAILED';
}

/** `silence`: no answer is sent. `drop`: the connection is closed. */
export type AdminReply = Fields | RawReply | 'silence' | 'drop';

export interface AdminRequest {
  body: Buffer;
  contentType: string;
  /** Of the request's URL. The SDK begins it with TCB_SEQID, the id of the current call. */
  seqId: string | undefined;
}

export async function answerAdmin(
  dependencies: AdminDependencies,
  { body: bytes, contentType, seqId }: AdminRequest,
): Promise<AdminReply> {
  if (isMultipart(contentType)) {
    return dependencies.openInterfaces.answerMultipart(bytes, contentType);
  }
  return answerAction(dependencies, parseBody(bytes.toString()), seqId?.split('-')[0]);
}

/**
 * @param body `undefined` where it was no JSON object
 * @param callId the call of a function that asks
 */
export async function answerAction(
  dependencies: AdminDependencies,
  body: Fields | undefined,
  callId?: string,
): Promise<Fields | 'silence' | 'drop'> {
  const { clock, calls, openInterfaces } = dependencies;
  const requestId = randomUUID();
  const startedAt = clock.now();
  const action = stringOrEmpty(body?.['action']);
  const record = (outcome: string, result?: ActionResult): void =>
    calls.operation(callId, {
      action: action.replace(/^database\./, ''),
      collection: stringOrEmpty(body?.['collectionName']),
      startedAt,
      durationMs: clock.now() - startedAt,
      outcome,
      ...(result !== undefined && { matched: result.matched, ...result.cost }),
    });

  try {
    if (body === undefined) throw new AdminError('INVALID_PARAM', 'the body must be a JSON object');
    if (action === 'functions.invokeFunction') {
      return { requestId, data: await dependencies.callNested(callId, body) };
    }
    if (action === 'wx.api') return { requestId, data: openInterfaces.answerApi(body) };
    const result = await perform(dependencies, action, body);
    if (typeof result === 'string') {
      record(result === 'silence' ? 'TIMEOUT' : 'DROPPED');
      return result;
    }
    record('ok', result);
    const { data, transactionId } = result;
    return { requestId, ...(data && { data }), ...(transactionId && { transactionId }) };
  } catch (thrown) {
    const error = systemError(thrown);
    record(error.code);
    return { requestId, code: codeOf(error, dependencies), message: error.message };
  }
}

function codeOf({ code }: AdminError, { duplicateKeyCode }: AdminDependencies): AdminErrorCode {
  return code === 'DATABASE_DUPLICATE_WRITE' ? duplicateKeyCode : code;
}

async function perform(
  { store, files, url, clock, faults }: AdminDependencies,
  action: string,
  body: Fields,
): Promise<ActionResult | 'silence' | 'drop'> {
  const onFiles = Object.hasOwn(storageActions, action) ? storageActions[action] : undefined;
  if (onFiles !== undefined) {
    return { data: await onFiles(body, { files, filesUrl: `${url()}/files` }), matched: 0 };
  }
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (run === undefined) {
    throw new AdminError(
      'INVALID_ACTION',
      `the local cloud does not know the action ${JSON.stringify(action)}`,
    );
  }
  const fault = faults.meet(
    action.replace(/^database\./, ''),
    stringOrEmpty(body['collectionName']),
  );
  if (fault?.kind === 'databaseDown') throw new AdminError('SYS_ERR', 'resource system error');
  if (fault?.kind === 'databaseError') throw new AdminError(fault.code, `${fault.code}, on demand`);
  if (fault?.kind === 'databaseLatency') await wait(fault.ms);
  if (fault?.kind === 'databaseTimeoutBefore') return 'silence';
  if (fault?.kind === 'databaseDropBefore') return 'drop';
  const result = await run(body, { store, nowMs: clock.now() });
  if (fault?.kind === 'databaseTimeoutAfter') return 'silence';
  return fault?.kind === 'databaseDropAfter' ? 'drop' : result;
}

function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parseBody(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
