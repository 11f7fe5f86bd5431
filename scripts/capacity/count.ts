/** What a sign-in and a check cost, counted: each pattern runs as a cloud function on the local cloud. */
import { cp, mkdir, rm } from 'node:fs/promises';
import { openCloud, type Answer } from '../../test/support/local-cloud';
import { readResources } from '../resources';
import type { CallRecord } from '../local-cloud/call-log';
import { median } from '../bench/measure';
import { root } from '../root';
import type { CallCost, PatternCosts } from './load';

const DAY_MS = 24 * 3600 * 1000;
const TIMES = 20;
/** Inside the project: the patterns require the SDK from its node_modules. */
const FUNCTIONS = `${root}/node_modules/.cache/capacity-functions`;
/** Of the protocol; everything else writes. */
const READS = new Set(['getDocument', 'countDocument', 'calculateDocument', 'aggregateDocuments']);

export interface CountingCloud {
  call: (name: string, openid: string, data: object) => Promise<Answer>;
  control: (body: object) => Promise<void>;
  /** The calls since the last time this was asked. */
  newCalls: () => Promise<CallRecord[]>;
  close(): Promise<void>;
}

/** The built functions and the patterns, on a local cloud of their own. */
export async function openCountingCloud(): Promise<CountingCloud> {
  await rm(FUNCTIONS, { recursive: true, force: true });
  await mkdir(FUNCTIONS, { recursive: true });
  await cp(`${root}/dist/cloudfunctions`, FUNCTIONS, { recursive: true });
  await cp(`${root}/scripts/capacity/patterns`, FUNCTIONS, { recursive: true });
  const { collections } = readResources(`${root}/cloudfunctions/resources.json`);
  const cloud = await openCloud({
    functionsDir: FUNCTIONS,
    collections: [...collections, 'users', 'tokens'],
  });
  let since = 0;
  return {
    async call(name, openid, data) {
      const caller = { openid, appid: 'wx-capacity', source: 'wx_client' };
      const result = await cloud.call(name, caller, data);
      if (result['ok'] !== true) throw new Error(`${name} failed: ${JSON.stringify(result)}`);
      return result;
    },
    control: (body) => cloud.control(body),
    async newCalls() {
      const calls = await cloud.calls(since);
      since = calls.at(-1)?.id ?? since;
      return calls;
    },
    close: () => cloud.close(),
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
    const middle = (of: (cost: CallCost) => number): number => median(costs.map(of));
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
