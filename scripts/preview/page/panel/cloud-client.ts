import { readCallRecord, type CallRecord } from './call-record';
import { fieldsOrNone, itemsOrNone, numberOrZero, stringOrEmpty } from '../../app/decode';
import type { PreviewApp } from '../../app/preview-app';

export type FaultKind = 'databaseDown' | 'databaseLatency';

export interface CloudStatus {
  clockOffsetMs: number;
  fault: FaultKind | undefined;
}

/** The cloud has no answer: it is not running, or its database is down. */
export class CloudUnavailable extends Error {}

const SLOW_MS = 1000;
const MOST_DOCUMENTS = 100;
const NO_COLLECTION = 'DATABASE_COLLECTION_NOT_EXIST';

/** The local cloud, through the preview's server. */
export const cloud = {
  async status(): Promise<CloudStatus> {
    const { clockOffsetMs, fault } = fieldsOrNone(await request('control'));
    const kind = fieldsOrNone(fault)['kind'];
    return {
      clockOffsetMs: numberOrZero(clockOffsetMs),
      fault: kind === 'databaseDown' || kind === 'databaseLatency' ? kind : undefined,
    };
  },

  /** Calls after the one with this id, the oldest first. */
  async calls(
    since: string | undefined,
    refusalCode: PreviewApp['refusalCode'],
  ): Promise<CallRecord[]> {
    const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
    const { calls } = fieldsOrNone(await request(`calls${query}`));
    return itemsOrNone(calls).map((call) => readCallRecord(call, refusalCode));
  },

  /** The documents of a collection, each as an EJSON string; none where there is no collection. */
  async documents(collectionName: string): Promise<string[]> {
    const reply = fieldsOrNone(
      await request('admin', {
        action: 'database.getDocument',
        collectionName,
        query: '{}',
        queryType: 'WHERE',
        limit: MOST_DOCUMENTS,
      }),
    );
    if (reply['code'] === NO_COLLECTION) return [];
    if (reply['code'] !== undefined) throw new CloudUnavailable(stringOrEmpty(reply['message']));
    return itemsOrNone(fieldsOrNone(reply['data'])['list']).map(stringOrEmpty);
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
