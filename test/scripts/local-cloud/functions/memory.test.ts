/** How much memory was taken, also where the system does not tell: macOS, Windows. */
import { expect, test } from '@jest/globals';
import {
  peakMemoryMb,
  tookMoreThan,
} from '../../../../scripts/local-cloud/functions/instance/memory';

const NO_PROC = '/nowhere/proc';
/** More than any process of tests takes, in MiB. */
const VERY_MUCH = 2 ** 30;

test('without /proc it is what this process has now', () => {
  expect(peakMemoryMb(undefined, NO_PROC)).toBeGreaterThan(1);
  expect(tookMoreThan(1, NO_PROC)).toBe(true);
  expect(tookMoreThan(VERY_MUCH, NO_PROC)).toBe(false);
});

test('without /proc nothing is known of another process', () => {
  expect(peakMemoryMb(process.pid, NO_PROC)).toBeUndefined();
});

(process.platform === 'linux' ? test : test.skip)('with it, of both', () => {
  const now = process.memoryUsage.rss() / 2 ** 20;
  expect(peakMemoryMb()).toBeGreaterThan(now / 2);
  expect(peakMemoryMb(process.pid)).toBeGreaterThan(now / 2);
});
