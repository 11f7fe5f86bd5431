/** A local cloud for one test: a free port, a folder that goes away, and a client. */
import { EJSON } from 'bson';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallRecord } from './environment/call-log';
import { createLocalCloud, type LocalCloud, type LocalCloudOptions } from './index';

/** Without `source` the call comes from `wx_client`. */
export interface Caller {
  openid?: string;
  appid?: string;
  unionid?: string;
  source?: string;
}

export type Answer = Record<string, unknown>;

export interface TestCloud extends LocalCloud {
  readonly dataDir: string;
  /**
   * Calls a function, and resolves to its `result`.
   *
   * @throws Error when the platform answers an error
   */
  call(name: string, caller: Caller, data: unknown): Promise<Answer>;
  /** Calls a function, and resolves to the answer of the platform. */
  callRaw(name: string, caller: Caller, data: unknown): Promise<Answer>;
  /** @throws Error when the body is refused */
  control(body: object): Promise<void>;
  /** The documents of a collection, the first 1,000, as the database holds them. */
  documents(collection: string): Promise<Answer[]>;
  /** Sends a request of the admin protocol. */
  admin(body: object): Promise<Answer>;
  /** @param since the id of a call: only later calls */
  calls(since?: number): Promise<CallRecord[]>;
  lastCall(): Promise<CallRecord>;
  callsUnderWay(): Promise<number>;
}

export type TestCloudOptions = Omit<LocalCloudOptions, 'port' | 'dataDir'>;

/** Timers don't fire unless `timers` is true. */
export async function openTestCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const dataDir = await mkdtemp(join(tmpdir(), 'test-cloud-'));
  const cloud = await createLocalCloud({ timers: false, ...options, port: 0, dataDir });
  return {
    ...clientOf(cloud),
    url: cloud.url,
    port: cloud.port,
    dataDir,
    async close() {
      await cloud.close();
      await rm(dataDir, { recursive: true, maxRetries: 5 });
    },
  };
}

function clientOf({ url }: LocalCloud): Omit<TestCloud, keyof LocalCloud | 'dataDir'> {
  const post = async (
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body, headers });
    return (await response.json()) as Answer;
  };
  const admin = (body: object): Promise<Answer> => post('/admin', JSON.stringify(body));
  const callRaw = (name: string, caller: Caller, data: unknown): Promise<Answer> =>
    post(`/functions/${name}`, JSON.stringify(data), headersOf(caller));
  const callLog = async (since = 0): Promise<{ calls: CallRecord[]; running: number }> => {
    const response = await fetch(`${url}/calls?since=${since}`);
    return (await response.json()) as { calls: CallRecord[]; running: number };
  };
  const calls = async (since?: number): Promise<CallRecord[]> => (await callLog(since)).calls;
  return {
    callRaw,
    async call(name, caller, data) {
      const answer = await callRaw(name, caller, data);
      if (!('result' in answer)) throw new Error(`${name} failed: ${JSON.stringify(answer)}`);
      return answer['result'] as Answer;
    },
    async control(body) {
      const answer = await post('/control', JSON.stringify(body));
      if ('error' in answer) throw new Error(String(answer['error']));
    },
    async documents(collectionName) {
      const answer = await admin({ action: 'database.getDocument', collectionName, limit: 1000 });
      const { list } = answer['data'] as { list: string[] };
      return list.map((text) => EJSON.parse(text) as Answer);
    },
    admin,
    calls,
    async lastCall() {
      const last = (await calls()).at(-1);
      if (last === undefined) throw new Error('there was no call');
      return last;
    },
    callsUnderWay: async () => (await callLog()).running,
  };
}

function headersOf({ openid, appid, unionid, source }: Caller): Record<string, string> {
  return {
    ...(openid !== undefined && { 'x-wx-openid': openid }),
    ...(appid !== undefined && { 'x-wx-appid': appid }),
    ...(unionid !== undefined && { 'x-wx-unionid': unionid }),
    ...(source !== undefined && { 'x-wx-source': source }),
  };
}
