/**
 * The local cloud beside a bare server of hono and lmdb that stores and returns the same documents:
 * in one run, round by round in turns, from one client. Ratios say the same on every machine.
 */
import { isDeepStrictEqual } from 'node:util';
import { build } from '../build';
import { text } from '../lib/language';
import { BUILDING, showProgress } from '../lib/progress';
import { makeTemporaryFolder } from '../lib/temporary-folder';
import { root } from '../project/root';
import { BenchChild } from './child';
import { cpuTimeMs } from './cpu-time';
import { documentsOf, fillingRequests, OPERATIONS, type Side, SIDES } from './document-requests';
import { startLocalCloud } from './local-cloud-process';
import { median, printTable } from './measure';

const PEERS = `${root}/scripts/bench/peers`;
const CONCURRENCIES = [1, 16, 64] as const;
const ROUNDS = 7;
const REQUESTS_PER_ROUND = 1_200;

interface Server {
  url: string;
  pid: number;
}

interface Spent {
  elapsedMs: number;
  cpuMs: number;
}

export async function benchLocalCloud(): Promise<void> {
  await showProgress(BUILDING, () => build());
  const temporary = await makeTemporaryFolder('bench-peer-');
  const folder = temporary.path;
  const cloud = await startLocalCloud(undefined, ['--collection', 'documents']);
  const peer = await BenchChild.start(`${PEERS}/documents.mjs`, { DATA: folder });
  const client = await BenchChild.start(`${PEERS}/load.mjs`, {});
  try {
    const { url } = (await peer.ask('url')) as { url: string };
    const servers = { cloud, peer: { url, pid: peer.pid } };
    for (const side of SIDES) {
      await client.ask({
        url: servers[side].url,
        requests: fillingRequests(side),
        concurrency: 16,
      });
    }
    await requireSameDocuments(client, servers);
    const rows: (string | number)[][] = [];
    const pairs = Object.keys(OPERATIONS).flatMap((name) =>
      CONCURRENCIES.map((concurrency) => [name, concurrency] as const),
    );
    const measuring = text({ zh: '正在测量', en: 'Measuring' });
    await showProgress(measuring, async (say) => {
      for (const [at, [name, concurrency]] of pairs.entries()) {
        say(`${measuring} ${at + 1}/${pairs.length}: ${name}, ${concurrency}`);
        rows.push([name, concurrency, ...(await compare(client, servers, name, concurrency))]);
      }
    });
    printTable(['operation', 'at once', 'time', 'lowest', 'highest', 'processor time'], rows);
    console.log(`\nTimes are multiples of the bare server's, the median of ${ROUNDS} rounds.`);
    console.log(`Start to ready: ${Math.round(cloud.readyMs)} ms.`);
  } finally {
    await client.close();
    await peer.close();
    await cloud.close();
    await temporary.remove();
  }
}

/** @throws unless both return what was stored, the same documents */
async function requireSameDocuments(
  client: BenchChild,
  servers: Readonly<Record<Side, Server>>,
): Promise<void> {
  for (const [name, count] of [
    ['read by id', 1],
    ['find five by an index', 5],
  ] as const) {
    const found: unknown[] = [];
    for (const side of SIDES) {
      const requests = [OPERATIONS[name]?.[side](7)];
      const { last } = await client.ask({ url: servers[side].url, requests, concurrency: 1 });
      found.push(documentsOf(side, String(last)));
    }
    const [ours, others] = found;
    if (!Array.isArray(ours) || ours.length !== count || !isDeepStrictEqual(ours, others)) {
      throw new Error(`${name} returned ${JSON.stringify(ours)} and ${JSON.stringify(others)}`);
    }
  }
}

/** How much longer the local cloud takes: the median, the lowest, the highest; and its processor. */
async function compare(
  client: BenchChild,
  servers: Readonly<Record<Side, Server>>,
  name: string,
  concurrency: number,
): Promise<number[]> {
  const ratios: number[] = [];
  const cpu = { cloud: 0, peer: 0 };
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const spent: Partial<Record<Side, Spent>> = {};
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
      spent[side] = await send(client, servers[side], side, name, round, concurrency);
    }
    const { cloud, peer } = spent;
    if (round === 0 || cloud === undefined || peer === undefined) continue;
    ratios.push(cloud.elapsedMs / peer.elapsedMs);
    cpu.cloud += cloud.cpuMs;
    cpu.peer += peer.cpuMs;
  }
  return [median(ratios), Math.min(...ratios), Math.max(...ratios), cpu.cloud / cpu.peer];
}

async function send(
  client: BenchChild,
  { url, pid }: Server,
  side: Side,
  name: string,
  round: number,
  concurrency: number,
): Promise<Spent> {
  const make = OPERATIONS[name]?.[side];
  const requests = Array.from({ length: REQUESTS_PER_ROUND }, (_, n) =>
    make?.(round * REQUESTS_PER_ROUND + n),
  );
  const cpuBefore = cpuTimeMs(pid);
  const { elapsedMs } = (await client.ask({ url, requests, concurrency })) as { elapsedMs: number };
  return { elapsedMs, cpuMs: cpuTimeMs(pid) - cpuBefore };
}
