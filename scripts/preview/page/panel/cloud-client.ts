import { readCallRecord, readPhoneOperation, type CallRecord } from './call-record';
import {
  fieldsOrNone,
  itemsOrNone,
  numberOrZero,
  stringOrEmpty,
  type Fields,
} from '../../app/decode';
import type { PreviewApp } from '../../app/preview-app';

export type FaultKind = 'databaseDown' | 'databaseLatency';

export interface CloudStatus {
  clockOffsetMs: number;
  fault: FaultKind | undefined;
}

export interface CollectionSummary {
  name: string;
  /** How many there are. */
  documents: number;
  /** Another one after each change of its documents. */
  revision: string;
}

/** What was asked is no query. The message is the cloud's. */
export class QueryRefused extends Error {}

/** The cloud has no answer: it is not running, or its database is down. */
export class CloudUnavailable extends Error {}

const SLOW_MS = 1000;
const MOST_DOCUMENTS = 100;
/** What the cloud says of a query that it does not understand. */
const REFUSED = ['INVALID_PARAM', 'DATABASE_REQUEST_FAILED'];
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

  /**
   * Calls, and what phones asked of the database themselves, after the one with this id; the oldest
   * first.
   *
   * @returns also the id to ask with the next time
   */
  async calls(
    since: number,
    refusalCode: PreviewApp['refusalCode'],
  ): Promise<{ calls: CallRecord[]; last: number }> {
    const reply = fieldsOrNone(await request(`calls?since=${String(since)}`));
    const operations = itemsOrNone(reply['adminOperations']);
    const calls = [
      ...itemsOrNone(reply['calls']).map((call) => readCallRecord(call, refusalCode)),
      ...operations.map(readPhoneOperation).filter((one) => one !== undefined),
    ].sort((a, b) => a.id - b.id);
    const ids = [...calls, ...operations].map((one) => numberOrZero(fieldsOrNone(one)['id']));
    return { calls, last: Math.max(since, ...ids) };
  },

  async collections(): Promise<CollectionSummary[]> {
    const { collections } = fieldsOrNone(await request('collections'));
    return itemsOrNone(collections).map((one) => {
      const { name, documents, revision } = fieldsOrNone(one);
      return {
        name: stringOrEmpty(name),
        documents: numberOrZero(documents),
        revision: stringOrEmpty(revision),
      };
    });
  },

  /**
   * The latest documents that match, the latest first, and how many match in all.
   *
   * @param query EJSON
   * @throws QueryRefused
   */
  async latest(
    collectionName: string,
    query: string,
    limit: number,
  ): Promise<{ texts: string[]; total: number }> {
    const asked = { collectionName, query, queryType: 'WHERE' };
    const count = await database({ action: 'database.calculateDocument', ...asked });
    const total = numberOrZero(count['total']);
    const offset = Math.max(0, total - limit);
    const found = await database({ action: 'database.getDocument', ...asked, offset, limit });
    return { texts: itemsOrNone(found['list']).map(stringOrEmpty).reverse(), total };
  },

  /** The documents of a collection, each as an EJSON string; none where there is no collection. */
  async documents(collectionName: string): Promise<string[]> {
    const found = await database({
      action: 'database.getDocument',
      collectionName,
      query: '{}',
      queryType: 'WHERE',
      limit: MOST_DOCUMENTS,
    });
    return itemsOrNone(found['list']).map(stringOrEmpty);
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

/** @throws QueryRefused, CloudUnavailable */
async function database(body: object): Promise<Fields> {
  const { code, message, data } = fieldsOrNone(await request('admin', body));
  if (code === NO_COLLECTION) return {};
  const isRefused = REFUSED.some((one) => one === code);
  if (isRefused) throw new QueryRefused(stringOrEmpty(message));
  if (code !== undefined) throw new CloudUnavailable(stringOrEmpty(message));
  return fieldsOrNone(data);
}

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
