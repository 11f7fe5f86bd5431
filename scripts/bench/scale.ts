/** The functions on few sessions and on many, side by side, and what sweeping costs. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from '../build';
import { text } from '../lib/language';
import { BUILDING, showProgress } from '../lib/progress';
import { makeTemporaryFolder } from '../lib/temporary-folder';
import { readResources } from '../project/resources';
import { openDocumentStore } from '#local-cloud/testing';
import { root } from '../project/root';
import { HttpClient } from './http-client';
import { startLocalCloud, type LocalCloudProcess } from './local-cloud-process';
import { median, printTable } from './measure';

const SAMPLES = 200;
const BATCH = 20_000;
const SWEPT = [500, 1_000, 2_000];
const DAY_MS = 24 * 60 * 60 * 1_000;

interface Side {
  documents: number;
  cloud: LocalCloudProcess;
  client: HttpClient;
}

/** @param few and `many`: how many sessions there are on each side */
export async function benchScale(few: number, many: number): Promise<void> {
  await showProgress(BUILDING, () => build());
  const temporary = await makeTemporaryFolder('bench-scale-');
  const folder = temporary.path;
  const sides: Side[] = [];
  try {
    for (const documents of [few, many]) {
      const dataDir = join(folder, String(documents));
      const count = documents.toLocaleString('en');
      const writing = text({ zh: `正在写入 ${count} 个会话`, en: `Writing ${count} sessions` });
      await showProgress(writing, () => fill(dataDir, documents));
      const cloud = await startLocalCloud(dataDir);
      sides.push({ documents, cloud, client: new HttpClient(cloud.url, 1) });
    }
    await compare(sides);
  } finally {
    for (const { client, cloud } of sides) {
      client.close();
      await cloud.close();
    }
    await temporary.remove();
  }
}

async function fill(dataDir: string, count: number): Promise<void> {
  const [sessions] = readResources(`${root}/cloudfunctions/resources.json`).collections;
  if (sessions === undefined) throw new Error('resources.json names no collection');
  await mkdir(dataDir, { recursive: true });
  const store = await openDocumentStore(dataDir);
  await store.addCollection(sessions.name);
  await store.ensureIndexes(sessions.name, sessions.indexes);
  const now = Date.now();
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(start + BATCH, count);
    await store.write(sessions.name, (collection) => {
      for (let n = start; n < end; n++) collection.put(session(n, now));
    });
  }
  await store.close();
}

function session(n: number, now: number) {
  return {
    _id: `filler-${String(n).padStart(40, '0')}`,
    openid: `openid-${n}`,
    appid: 'wx-bench',
    slot: 0,
    tokenHash: 'x'.repeat(43),
    state: 'active',
    device: { name: 'iPhone 15', platform: 'ios' },
    createdAt: new Date(now),
    renewedAt: new Date(now),
    // The n-th one expires n seconds after seven days: moving the clock expires as many as wanted.
    expiresAt: new Date(now + 7 * DAY_MS + n * 1_000),
    absoluteExpiresAt: new Date(now + 30 * DAY_MS),
  };
}

async function compare(sides: readonly Side[]): Promise<void> {
  const times = new Map<string, number[][]>();
  // One after the other, so that whatever the machine is doing meets both.
  await showProgress(text({ zh: '正在测量', en: 'Measuring' }), async () => {
    for (let n = 0; n < SAMPLES; n++) {
      for (const [side, { client }] of sides.entries()) {
        for (const [name, ms] of await useOnce(client, n)) {
          const perSide = times.get(name) ?? sides.map(() => []);
          perSide[side]?.push(ms);
          times.set(name, perSide);
        }
      }
    }
  });
  const rows = [...times].map(([name, perSide]) => {
    const medians = perSide.map(median);
    return [name, ...medians, (medians[1] ?? NaN) / (medians[0] ?? NaN)];
  });
  const counts = sides.map(({ documents }) => `${documents.toLocaleString('en')}, ms`);
  console.log('\nA call of a function, the median:');
  printTable(['function', ...counts, 'ratio'], rows);

  const large = sides.at(-1);
  if (large !== undefined) await sweepSome(large);
  console.log('\nMemory of the local cloud:');
  printTable(
    ['sessions', 'MiB'],
    sides.map(({ documents, cloud }) => [documents.toLocaleString('en'), cloud.memoryMiB()]),
  );
}

async function useOnce(client: HttpClient, n: number): Promise<[string, number][]> {
  const caller = { 'x-wx-openid': `person-${n}`, 'x-wx-appid': 'wx-bench' };
  const timed = async (name: string, data: object): Promise<[number, string]> => {
    const startedAt = performance.now();
    const text = await client.post(`/functions/${name}`, JSON.stringify(data), caller);
    return [performance.now() - startedAt, text];
  };
  const [login, text] = await timed('login', { device: { name: 'bench' } });
  const { result } = JSON.parse(text) as { result: { sessionToken: string } };
  const { sessionToken } = result;
  const [check] = await timed('session', { action: 'check', sessionToken });
  const [logout, ended] = await timed('logout', { sessionToken });
  if (!ended.includes('"ended":1')) throw new Error(`the session was not there: ${ended}`);
  return [
    ['login', login],
    ['check', check],
    ['logout', logout],
  ];
}

/** Moving the clock expires more and more of them. */
async function sweepSome({ client, documents }: Side): Promise<void> {
  await client.post('/control', JSON.stringify({ advanceClockMs: 7 * DAY_MS }));
  await sweep(client);
  const rows: (string | number)[][] = [];
  for (const count of SWEPT) {
    await client.post('/control', JSON.stringify({ advanceClockMs: count * 1_000 }));
    const startedAt = performance.now();
    const removed = await sweep(client);
    const ms = performance.now() - startedAt;
    rows.push([removed.toLocaleString('en'), ms, ms / removed]);
  }
  console.log(`\nSweeping, of ${documents.toLocaleString('en')} sessions:`);
  printTable(['removed', 'ms', 'ms each'], rows);
}

async function sweep(client: HttpClient): Promise<number> {
  const text = await client.post('/functions/sweep', '{}', { 'x-wx-source': 'wx_trigger' });
  const { result } = JSON.parse(text) as { result: { removed: number } };
  return result.removed;
}
