/** Kept connections against one for each operation, as the SDK opens them on Node 16 and 18. */
import { openTestCloud } from '#local-cloud/testing';
import { startTcpProxy } from '../lib/tcp-proxy';
import { median } from './measure';
import type { BenchRow } from './results';
import { startOurs } from './side-by-side';
import { closedAtEnd } from '../lib/process-end';

const HOP_MS = 5;
const CYCLES = 40;

export async function benchConnections(): Promise<BenchRow[]> {
  const cloud = closedAtEnd(await openTestCloud({ collections: ['sessions'] }));
  const run = async (
    env: Record<string, string>,
  ): Promise<{ p50: number; connections: number }> => {
    const proxy = await startTcpProxy(cloud.port, HOP_MS);
    const child = await startOurs(proxy.port, env);
    try {
      const { durations } = await child.ask({ cycles: CYCLES, concurrency: 1 });
      const { login } = durations as { login: number[] };
      return { p50: median(login), connections: proxy.connections };
    } finally {
      await child.close();
      await proxy.close();
    }
  };
  try {
    const [kept, plain] = [await run({}), await run({ PLAIN_AGENT: '1' })];
    return [
      {
        text: `Connections for ${CYCLES * 5} database operations, against the SDK on Node 16 and 18`,
        unit: 'connections',
        ours: kept.connections,
        other: plain.connections,
      },
      {
        text: `Sign-in, p50, ${HOP_MS} ms a hop, against the same without kept connections`,
        unit: 'ms',
        ours: kept.p50,
        other: plain.p50,
      },
    ];
  } finally {
    await cloud.close();
  }
}
