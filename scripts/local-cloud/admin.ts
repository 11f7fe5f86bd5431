/** `POST /admin`: the protocol in which the SDKs talk to the cloud, one JSON body for each action. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallLog } from './call-log';
import type { Clock } from './clock';
import { actions, type ActionResult } from './database/actions';
import { AdminError } from './database/admin-error';
import { isFields, type Fields } from './database/ejson';
import type { Faults } from './faults';
import type { DocumentStore } from './state/document-store';
import type { FileStore } from './storage/file-store';
import { storageActions } from './storage/storage-actions';

interface AdminDependencies {
  store: DocumentStore;
  files: FileStore;
  url: () => string;
  clock: Clock;
  faults: Faults;
  calls: CallLog;
}

/** `undefined`: there is to be no answer. */
export type AdminReply = Fields | undefined;

/** @param seqId of the request's address. The SDK begins it with TCB_SEQID, the id of the call that it runs in. */
export async function answerAdmin(
  dependencies: AdminDependencies,
  text: string,
  seqId: string | undefined,
): Promise<AdminReply> {
  const { clock, calls } = dependencies;
  const requestId = randomUUID();
  const startedAt = clock.now();
  const body = parseBody(text);
  const action = typeof body?.['action'] === 'string' ? body['action'] : '';
  const record = (outcome: string, result?: ActionResult): void =>
    calls.operation(seqId?.split('-')[0], {
      action: action.replace(/^database\./, ''),
      collection: typeof body?.['collectionName'] === 'string' ? body['collectionName'] : '',
      durationMs: clock.now() - startedAt,
      outcome,
      ...(result !== undefined && { matched: result.matched, ...result.cost }),
    });

  try {
    if (body === undefined) throw new AdminError('INVALID_PARAM', 'the body must be a JSON object');
    const result = await perform(dependencies, action, body);
    if (result === undefined) {
      record('TIMEOUT');
      return undefined;
    }
    record('ok', result);
    const { data, transactionId } = result;
    return { requestId, ...(data && { data }), ...(transactionId && { transactionId }) };
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    record(error.code);
    return { requestId, code: error.code, message: error.message };
  }
}

async function perform(
  { store, files, url, clock, faults }: AdminDependencies,
  action: string,
  body: Fields,
): Promise<ActionResult | undefined> {
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
  const fault = faults.current;
  if (fault?.kind === 'databaseDown') throw new AdminError('SYS_ERR', 'resource system error');
  if (fault?.kind === 'databaseLatency') await wait(fault.ms);
  if (faults.take('databaseTimeoutBefore')) return undefined;
  const result = await run(body, { store, nowMs: clock.now() });
  return faults.take('databaseTimeoutAfter') ? undefined : result;
}

function parseBody(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
