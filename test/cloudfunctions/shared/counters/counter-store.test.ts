/**
 * The counters that all instances share: those in the cloud's database, through the real SDK, and
 * those that replace them in tests.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cloudCounterStore } from '../../../../cloudfunctions/shared/counters/cloud-counter-store';
import { memoryCounters } from '../../../support/gateway';
import type { TestCloud } from '../../../support/local-cloud';
import { openDatabase, openCloudWithSdk } from '../../../support/sdk-in-process';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openCloudWithSdk(60_000);
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

describe.each([
  ['in memory', () => memoryCounters()],
  ['in the cloud', () => cloudCounterStore(openDatabase())],
])('counters %s', (_where, open) => {
  test('count up to the limit within a window, and each for itself', async () => {
    const store = open();
    const takes = [];
    for (let n = 0; n < 4; n++) takes.push(await store.take('a', 1, 3));
    expect(takes).toEqual([true, true, true, false]);
    expect(await store.take('b', 1, 3)).toBe(true);
  });

  test('are one for instances whose clocks are a minute apart', async () => {
    const store = open();
    const takes = [];
    for (const window of [7, 8, 7, 8, 7, 8]) takes.push(await store.take('a', window, 3));
    // The first was in an earlier window.
    expect(takes).toEqual([true, true, true, true, false, false]);
  });

  test('start anew in a later window, also when a clock was set back', async () => {
    const store = open();
    for (const window of [7, 8, 70, 7]) {
      expect(await store.take('a', window, 1)).toBe(true);
      expect(await store.take('a', window, 1)).toBe(false);
    }
  });

  test('refuse nobody below the limit, also of those who are first at once', async () => {
    // Whoever lost the race for a new window was once refused, as if it were full.
    const store = open();
    for (const window of [1, 2]) {
      const takes = Array.from({ length: 5 }, () => store.take('a', window, 5));
      expect(await Promise.all(takes)).toEqual(takes.map(() => true));
    }
  });

  test('give no more than the limit to all who ask at once', async () => {
    const store = open();
    await store.take('a', 1, 3);
    const takes = await Promise.all(Array.from({ length: 8 }, () => store.take('a', 1, 3)));
    expect(takes.filter(Boolean)).toHaveLength(2);
  });
});
