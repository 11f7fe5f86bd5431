/**
 * What a password costs an instance of the size that functions are deployed with, and whether the
 * time of an answer tells which names there are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { LIN } from '../../support/people';
import { severalWaysIn } from '../../support/several-ways-in';

const app = severalWaysIn();
const { signIn, setPassword, passwordLogin, signInByPassword } = app;
const WRONG = 'another horse battery';
const DAY_MS = 24 * 60 * 60_000;
const MEMORY_MB = 256;
/** As functions are deployed. */
const TIMEOUT_MS = 5_000;
const PAIRS = 24;

/** The most that was resident of each instance, in MiB. */
function peaksOfInstances(): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'latin1');
      if (!new RegExp(`^PPid:\\s+${String(process.pid)}$`, 'm').test(status)) return [];
      const kibibytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
      return kibibytes === undefined ? [] : [Number(kibibytes) / 1024];
    } catch {
      // It has ended.
      return [];
    }
  });
}

const durationOf = async (): Promise<number> => (await app.cloud.lastCall()).durationMs;
function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? NaN;
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('setting a password, and signing in with it, fits into 256 MB and 5 s', async () => {
  const token = await signIn();
  const durations: number[] = [];
  for (let n = 0; n < 3; n++) {
    expect(await setPassword(LIN, token)).toMatchObject({ ok: true });
    durations.push(await durationOf());
    await signInByPassword(LIN);
    durations.push(await durationOf());
  }
  const peaks = peaksOfInstances();
  expect(peaks.length).toBeGreaterThanOrEqual(3);
  process.stdout.write(
    `peaks ${peaks.map((mb) => mb.toFixed(0)).join(', ')} MiB; longest call ${Math.max(...durations).toFixed(0)} ms\n`,
  );
  expect(Math.max(...peaks)).toBeLessThan(MEMORY_MB);
  // The quickest: how busy the machine is says nothing.
  expect(Math.min(...durations)).toBeLessThan(TIMEOUT_MS);
});

test('a name that there is not takes as long as a wrong password', async () => {
  await setPassword(LIN, await signIn());
  for (const name of ['lin', 'nobody']) await passwordLogin(LIN, name, WRONG);
  const times: Record<string, number[]> = { lin: [], nobody: [] };
  for (let pair = 0; pair < PAIRS; pair++) {
    // Failures are forgotten by then, and a wait is over.
    await app.advance(2 * DAY_MS);
    for (const name of pair % 2 === 0 ? ['lin', 'nobody'] : ['nobody', 'lin']) {
      expect(await passwordLogin(LIN, name, WRONG)).toMatchObject({ code: 'IDENTITY_UNKNOWN' });
      times[name]?.push(await durationOf());
    }
  }
  const { lin = [], nobody = [] } = times;
  const [known, unknown] = [lin, nobody].map((of) => [0.5, 0.95].map((at) => quantile(of, at)));
  const ratio = (known?.[0] ?? NaN) / (unknown?.[0] ?? NaN);
  process.stdout.write(
    `wrong password p50, p95: ${String(known)} ms; unknown name: ${String(unknown)} ms; ratio of p50 ${ratio.toFixed(3)}\n`,
  );
  // Without a computation for who is not there it would be ten or more.
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});
