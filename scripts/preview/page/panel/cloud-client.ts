import { readCallRecord, type CallRecord } from './call-record';
import { fieldsOf, listOf, numberOf, textOf } from './decode';
import { readSessionDocument, type SessionDocument } from './session-document';

export type FaultKind = 'databaseDown' | 'databaseLatency';

export interface CloudStatus {
  clockOffsetMs: number;
  fault: FaultKind | undefined;
}

/** The cloud has no answer: it is not running, or its database is down. */
export class CloudUnavailable extends Error {}

const SLOW_MS = 1000;
const MOST_SESSIONS = 100;

/** The local cloud, through the preview's server. */
export const cloud = {
  async status(): Promise<CloudStatus> {
    const { clockOffsetMs, fault } = fieldsOf(await request('control'));
    const kind = fieldsOf(fault)['kind'];
    return {
      clockOffsetMs: numberOf(clockOffsetMs),
      fault: kind === 'databaseDown' || kind === 'databaseLatency' ? kind : undefined,
    };
  },

  /** Calls after the one with this id, the oldest first. */
  async calls(since: string | undefined): Promise<CallRecord[]> {
    const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
    return listOf(fieldsOf(await request(`calls${query}`))['calls']).map(readCallRecord);
  },

  async sessions(): Promise<SessionDocument[]> {
    const reply = fieldsOf(
      await request('admin', {
        action: 'database.getDocument',
        collectionName: 'sessions',
        query: '{}',
        queryType: 'WHERE',
        limit: MOST_SESSIONS,
      }),
    );
    if (reply['code'] !== undefined) throw new CloudUnavailable(textOf(reply['message']));
    return listOf(fieldsOf(reply['data'])['list']).map((text) => readSessionDocument(textOf(text)));
  },

  async advanceClock(advanceClockMs: number): Promise<void> {
    await request('control', { advanceClockMs });
  },

  async setFault(kind: FaultKind | undefined): Promise<void> {
    const ms = kind === 'databaseLatency' ? { ms: SLOW_MS } : {};
    await request('control', { fault: kind === undefined ? null : { kind, ...ms } });
  },

  async killInstances(): Promise<void> {
    await request('control', { killInstances: true });
  },

  async reset(): Promise<void> {
    await request('control', { reset: true });
  },
};

async function request(path: string, body?: object): Promise<unknown> {
  const response = await fetch(
    `cloud/${path}`,
    body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  );
  if (!response.ok) throw new CloudUnavailable(`${path}: ${String(response.status)}`);
  return response.json();
}
