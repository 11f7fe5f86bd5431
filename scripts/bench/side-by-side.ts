/**
 * Sign-in, check and sign-out of three systems, each in a process of its own, its database behind
 * the same injected network.
 */
import { closedAtEnd } from '../lib/process-end';
import { root } from '../project/root';
import { installTools, type Tools } from '../lib/install-tools';
import { openTestCloud, sdkVariables } from '#local-cloud/testing';
import { startTcpProxy } from '../lib/tcp-proxy';
import { cp } from 'node:fs/promises';
import { BenchChild } from './child';
import { median, percentile } from './measure';
import { HOW_TO_GET_REDIS, startRedis } from './redis-server';
import type { BenchRow } from './results';

const PEERS = `${root}/scripts/bench/peers`;
const BENCH_PEERS: Tools = {
  fromDir: PEERS,
  dir: `${root}/node_modules/.cache/bench`,
  what: { zh: '用来对比的方案，49 MB', en: 'what is measured beside, 49 MB' },
};
const HOPS_MS = [0, 1, 5] as const;
const CYCLES: Record<number, number> = { 0: 300, 1: 120, 5: 40 };
const OPERATION_CYCLES = 20;
const CONCURRENCY = 16;

type Step = 'login' | 'check' | 'logout';
const STEPS: readonly Step[] = ['login', 'check', 'logout'];

interface Measured {
  /** Of the database: one sign-in, one check and one sign-out together. */
  operations: number;
  /** By hop in milliseconds. */
  times: Map<number, Record<Step, { p50: number; p99: number }>>;
  /** Whole cycles a second: sign in, three checks, sign out. */
  throughput: number;
  memoryMiB: number;
}

type System = 'ours' | 'redis' | 'better-auth';

export async function benchSideBySide(): Promise<BenchRow[]> {
  await installTools(BENCH_PEERS);
  await cp(PEERS, BENCH_PEERS.dir, { recursive: true });
  const systems = new Map<System, Measured>([['ours', await measureOurs()]]);
  const redis = await measureRedis();
  if (redis === undefined)
    console.log(`Redis is left out: there is no redis-server here. ${HOW_TO_GET_REDIS}`);
  else systems.set('redis', redis);
  systems.set('better-auth', await measureBetterAuth());
  return rowsOf(systems);
}

async function measureOurs(): Promise<Measured> {
  const cloud = closedAtEnd(await openTestCloud({ collections: ['sessions'] }));
  let counted = 0;
  const count = async (): Promise<number> => {
    const response = await fetch(`${cloud.url}/calls`);
    counted += ((await response.json()) as { adminOperations: unknown[] }).adminOperations.length;
    // Only the latest are kept.
    await cloud.control({ reset: true });
    return counted;
  };
  try {
    return await measureAll(cloud.port, count, (port) => startOurs(port));
  } finally {
    await cloud.close();
  }
}

/** @param databasePort where the local cloud is, or a proxy before it */
export function startOurs(
  databasePort: number,
  env: Record<string, string> = {},
): Promise<BenchChild> {
  return BenchChild.start(`${PEERS}/ours.mjs`, {
    FUNCTIONS: `${root}/dist/cloudfunctions`,
    ...sdkVariables(`http://127.0.0.1:${databasePort}`),
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID',
    WX_APPID: 'wx-bench',
    TCB_CONTEXT_KEYS: 'TCB_SOURCE',
    TCB_SOURCE: 'wx_client',
    // One person signs in for all.
    LOGINS_PER_MINUTE: '1000000',
    ...env,
  });
}

async function measureRedis(): Promise<Measured | undefined> {
  const redis = await startRedis();
  if (redis === undefined) return undefined;
  try {
    // Asking for the count is a command too.
    let asked = 0;
    const count = async (): Promise<number> => (await redis.commands()) - ++asked;
    return await measureAll(redis.port, count, (port) =>
      BenchChild.start(`${BENCH_PEERS.dir}/redis-service.mjs`, {
        REDIS_URL: `redis://127.0.0.1:${port}`,
      }),
    );
  } finally {
    await redis.close();
  }
}

async function measureBetterAuth(): Promise<Measured> {
  const start = (hopMs: number): Promise<BenchChild> =>
    BenchChild.start(`${BENCH_PEERS.dir}/better-auth.mjs`, { HOP_MS: String(hopMs) });
  return collect(async (hopMs, use) => {
    const child = await start(hopMs);
    try {
      return await use(child, async () => Number((await child.ask('operations'))['operations']));
    } finally {
      await child.close();
    }
  });
}

function measureAll(
  databasePort: number,
  count: () => Promise<number>,
  start: (port: number) => Promise<BenchChild>,
): Promise<Measured> {
  return collect(async (hopMs, use) => {
    const proxy = hopMs === 0 ? undefined : await startTcpProxy(databasePort, hopMs);
    const child = await start(proxy?.port ?? databasePort);
    try {
      return await use(child, count);
    } finally {
      await child.close();
      await proxy?.close();
    }
  });
}

type Use = <T>(
  hopMs: number,
  use: (child: BenchChild, count: () => Promise<number>) => Promise<T>,
) => Promise<T>;

async function collect(withChild: Use): Promise<Measured> {
  const times: Measured['times'] = new Map();
  for (const hopMs of HOPS_MS) {
    times.set(
      hopMs,
      await withChild(hopMs, async (child) => {
        await child.ask({ cycles: 30, concurrency: 1 });
        return timesOf(await child.ask({ cycles: CYCLES[hopMs], concurrency: 1 }));
      }),
    );
  }
  const operations = await withChild(0, async (child, count) => {
    const before = await count();
    await child.ask({ cycles: OPERATION_CYCLES, concurrency: 1 });
    // Five calls a cycle, of which three are checks, each of one operation.
    return ((await count()) - before) / OPERATION_CYCLES - 2;
  });
  const { elapsedMs, memoryMiB } = await withChild(0, async (child) => {
    await child.ask({ cycles: 300, concurrency: CONCURRENCY });
    return (await child.ask({ cycles: 600, concurrency: CONCURRENCY })) as {
      elapsedMs: number;
      memoryMiB: number;
    };
  });
  return { operations, times, throughput: 600_000 / elapsedMs, memoryMiB };
}

function timesOf(answer: Record<string, unknown>): Record<Step, { p50: number; p99: number }> {
  const durations = answer['durations'] as Record<Step, number[]>;
  return Object.fromEntries(
    STEPS.map((step) => [
      step,
      { p50: median(durations[step]), p99: percentile(durations[step], 0.99) },
    ]),
  ) as Record<Step, { p50: number; p99: number }>;
}

const NAMES: Record<Exclude<System, 'ours'>, string> = {
  redis: 'Redis',
  'better-auth': 'better-auth',
};
const STEP_NAMES: Record<Step, string> = { login: 'Sign-in', check: 'Check', logout: 'Sign-out' };

function rowsOf(systems: ReadonlyMap<System, Measured>): BenchRow[] {
  const ours = systems.get('ours');
  if (ours === undefined) return [];
  return (['redis', 'better-auth'] as const).flatMap((name) => {
    const other = systems.get(name);
    if (other === undefined) return [];
    const row = (
      text: string,
      unit: BenchRow['unit'],
      of: (measured: Measured) => number | undefined,
    ): BenchRow => ({
      text: `${text}, against ${NAMES[name]}`,
      unit,
      ours: of(ours) ?? NaN,
      other: of(other) ?? NaN,
    });
    return [
      row(
        'Database operations of a sign-in, a check and a sign-out',
        'operations',
        ({ operations }) => operations,
      ),
      ...HOPS_MS.flatMap((hopMs) =>
        STEPS.map((step) =>
          row(
            `${STEP_NAMES[step]}, p50, ${hopMs} ms a hop`,
            'ms',
            ({ times }) => times.get(hopMs)?.[step].p50,
          ),
        ),
      ),
      row('Sign-in, p99, 1 ms a hop', 'ms', ({ times }) => times.get(1)?.login.p99),
      row(
        'Cycles of sign-in, three checks and sign-out, 16 at once',
        'a second',
        ({ throughput }) => throughput,
      ),
      row('Memory of the process', 'MiB', ({ memoryMiB }) => memoryMiB),
    ];
  });
}
