/**
 * What a person waits for when no instance is warm: loading the function and the first call, beside
 * the usual deployment.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { openTestCloud } from '#local-cloud/testing';
import { closedAtEnd } from '../lib/process-end';
import { root } from '../project/root';
import { median } from './measure';
import type { BenchRow } from './results';

const LOADS = 21;
const CALLS = 11;

/** Inside the project, so that the usual deployment finds its node_modules. */
const FOLDER = `${root}/node_modules/.cache/bench-functions`;

export async function benchColdStart(): Promise<BenchRow[]> {
  await rm(FOLDER, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(`${FOLDER}/functions/usual`, { recursive: true });
  await cp(`${root}/dist/cloudfunctions/login`, `${FOLDER}/functions/login`, { recursive: true });
  await cp(`${root}/scripts/bench/peers/usual-login.cjs`, `${FOLDER}/functions/usual/index.js`);
  await writeFile(`${FOLDER}/functions/usual/package.json`, '{ "main": "index.js" }');
  const [ours, other] = loadTimes(['login', 'usual']);
  const calls = await callTimes(['login', 'usual']);
  const [first, next] = [calls.map(({ cold }) => cold), calls.map(({ warm }) => warm)];
  return [
    row(
      'Loading the function `login`, against an `index.js` that requires `wx-server-sdk`',
      ours,
      other,
    ),
    row('First call on a new instance, its start included', first[0], first[1]),
    row('Next call on the same instance', next[0], next[1]),
  ];
}

const row = (text: string, ours = NaN, other = NaN): BenchRow => ({
  text,
  unit: 'ms',
  ours,
  other,
});

/** One after the other in turns, each in a process of its own. */
function loadTimes(names: readonly string[]): number[] {
  const times = names.map((): number[] => []);
  for (let i = 0; i < LOADS; i++) {
    names.forEach((name, at) => {
      const script = `const t = performance.now(); require(${JSON.stringify(`${FOLDER}/functions/${name}`)}); process.stdout.write('=' + (performance.now() - t))`;
      const printed = execFileSync(process.execPath, ['-e', script], {
        encoding: 'utf8',
        env: { TENCENTCLOUD_RUNENV: 'SCF', SCF_NAMESPACE: 'e', TENCENTCLOUD_REGION: 'r' },
      });
      times[at]?.push(Number(printed.split('=').at(-1)));
    });
  }
  return times.map(median);
}

async function callTimes(names: readonly string[]): Promise<{ cold: number; warm: number }[]> {
  const cloud = closedAtEnd(
    await openTestCloud({
      functionsDir: `${FOLDER}/functions`,
      collections: ['sessions', 'users'],
      // One person signs in again and again.
      functionVariables: { login: { LOGINS_PER_MINUTE: '1000000' } },
    }),
  );
  const caller = { openid: 'oBench', appid: 'wx-bench', source: 'wx_client' };
  const call = async (name: string): Promise<number> => {
    const startedAt = performance.now();
    const { ok } = await cloud.call(name, caller, {});
    if (ok !== true) throw new Error(`${name} was refused`);
    return performance.now() - startedAt;
  };
  try {
    const times = names.map(() => ({ cold: [] as number[], warm: [] as number[] }));
    for (let i = 0; i < CALLS; i++) {
      for (const [at, name] of names.entries()) {
        await cloud.control({ killInstances: true });
        times[at]?.cold.push(await call(name));
        for (let n = 0; n < 5; n++) times[at]?.warm.push(await call(name));
      }
    }
    return times.map(({ cold, warm }) => ({ cold: median(cold), warm: median(warm) }));
  } finally {
    await cloud.close();
  }
}
