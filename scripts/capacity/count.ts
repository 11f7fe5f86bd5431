/** What a sign-in and a check cost, counted: each pattern runs as a cloud function on the local cloud. */
import { cp, mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalCloud, type LocalCloud } from '../local-cloud/index';
import { readResources } from '../resources';
import type { CallRecord } from '../local-cloud/call-log';
import { root } from '../root';
import type { CallCost, PatternCosts } from './load';

const DAY_MS = 24 * 3600 * 1000;
const TIMES = 20;
/** Inside the project: the patterns require the SDK from its node_modules. */
const FUNCTIONS = `${root}/node_modules/.cache/capacity-functions`;
/** Of the protocol; everything else writes. */
const READS = new Set(['getDocument', 'countDocument', 'calculateDocument', 'aggregateDocuments']);

export interface CountingCloud {
  cloud: LocalCloud;
  call: (name: string, openid: string, data: object) => Promise<Record<string, unknown>>;
  control: (body: object) => Promise<void>;
  /** The calls since the last time this was asked. */
  newCalls: () => Promise<CallRecord[]>;
  close(): Promise<void>;
}

/** The built functions and the patterns, on a local cloud of their own. */
export async function openCountingCloud(): Promise<CountingCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'capacity-'));
  await rm(FUNCTIONS, { recursive: true, force: true });
  await mkdir(FUNCTIONS, { recursive: true });
  await cp(`${root}/dist/cloudfunctions`, FUNCTIONS, { recursive: true });
  await cp(`${root}/scripts/capacity/patterns`, FUNCTIONS, { recursive: true });
  const { collections } = readResources(`${root}/cloudfunctions/resources.json`);
  const cloud = await createLocalCloud({
    port: 0,
    dataDir: folder,
    functionsDir: FUNCTIONS,
    collections: [...collections, 'users', 'tokens'],
    timers: false,
  });
  let since = 0;
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${cloud.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    cloud,
    async call(name, openid, data) {
      const answer = await post(`/functions/${name}`, data, {
        'x-wx-openid': openid,
        'x-wx-appid': 'wx-capacity',
        'x-wx-source': 'wx_client',
      });
      const { result } = answer as { result?: Record<string, unknown> };
      if (result?.['ok'] !== true) throw new Error(`${name} failed: ${JSON.stringify(answer)}`);
      return result;
    },
    async control(body) {
      await post('/control', body);
    },
    async newCalls() {
      const response = await fetch(`${cloud.url}/calls?since=${since}`);
      const { calls } = (await response.json()) as { calls: CallRecord[] };
      since = calls.at(-1)?.id ?? since;
      return calls;
    },
    async close() {
      await cloud.close();
      await rm(folder, { recursive: true });
    },
  };
}

export async function countPatterns(counting: CountingCloud): Promise<PatternCosts[]> {
  const { call, control, newCalls } = counting;
  /** The middle one of some, so that a cold start counts for nothing. */
  const costOf = async (run: () => Promise<unknown>): Promise<CallCost> => {
    const costs: CallCost[] = [];
    for (let i = 0; i < TIMES; i++) {
      await newCalls();
      await run();
      costs.push(costOfCalls(await newCalls()));
    }
    const middle = (of: (cost: CallCost) => number): number =>
      costs.map(of).sort((a, b) => a - b)[TIMES / 2] ?? NaN;
    return {
      reads: middle(({ reads }) => reads),
      writes: middle(({ writes }) => writes),
      ms: middle(({ ms }) => ms),
    };
  };

  const usual = async (name: string, text: string): Promise<PatternCosts> => {
    let token: unknown;
    const login = await costOf(async () => {
      ({ token } = await call(name, 'oLin', { action: 'login' }));
    });
    const check = await costOf(() => call(name, 'oLin', { action: 'check', token }));
    return { name: text, login, check };
  };

  let sessionToken: unknown;
  const login = await costOf(async () => {
    ({ sessionToken } = await call('login', 'oLin', {}));
  });
  const check = await costOf(() => call('session', 'oLin', { action: 'check', sessionToken }));
  const renewingCheck = await costOf(async () => {
    await control({ advanceClockMs: DAY_MS });
    await call('session', 'oLin', { action: 'check', sessionToken });
  });
  return [
    { name: 'this project', login, check, renewingCheck },
    await usual('token-array', 'a token array in the user document'),
    await usual('last-seen', 'two reads and a write a check'),
  ];
}

export function costOfCalls(calls: readonly CallRecord[]): CallCost {
  const operations = calls.flatMap((call) => call.operations);
  const reads = operations.filter(({ action }) => READS.has(action)).length;
  return {
    reads,
    writes: operations.length - reads,
    ms: calls.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}
