import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  byCaller,
  byName,
  takeAttempt,
  waitAfter,
  type AttemptKey,
  type Attempts,
  type AttemptStore,
} from '../../../../cloudfunctions/shared/password/attempts';
import { memoryAttemptStore } from '../../../support/memory-identity-store';
import { AT } from '../../../support/sessions';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NAME = byName('lin');
const CALLER = byCaller('wx-app:openid-of-lin');

let kept: Map<AttemptKey, Attempts & { expiresAt: Date }>;
let store: AttemptStore;
let now: number;

beforeEach(() => {
  kept = new Map();
  store = memoryAttemptStore(kept);
  now = AT;
});

/** What is left to wait, in milliseconds; 0: it was counted. */
async function fail(name = NAME, caller: typeof CALLER | null = CALLER): Promise<number> {
  const taken = await takeAttempt(store, name, caller ?? undefined, new Date(now));
  return taken.ok ? 0 : taken.retryAt.getTime() - now;
}
async function succeed(name = NAME, caller = CALLER): Promise<void> {
  const taken = await takeAttempt(store, name, caller, new Date(now));
  if (!taken.ok) throw new Error('not counted');
  await taken.succeeded();
}
const failuresOf = ({ key }: typeof NAME) => kept.get(key)?.failures;
const others = (n: number) => byCaller(`wx-app:other-${String(n)}`);

test('a name, and a caller of the same text, are counted apart', () => {
  expect(byName('lin').key).not.toBe(byCaller('lin').key);
});

test.each([
  [0, 0],
  [4, 0],
  [5, MINUTE_MS],
  [6, 2 * MINUTE_MS],
  [10, 32 * MINUTE_MS],
  [11, HOUR_MS],
  [1_000_000, HOUR_MS],
])('after %i failures the next waits %i ms, when five are free', (failures, waitMs) => {
  expect(waitAfter(failures, 5)).toBe(waitMs);
});

describe('wrong passwords', () => {
  test('for one name cost a wait that doubles, and a try too early costs nothing more', async () => {
    for (let n = 1; n <= 5; n++) expect(await fail()).toBe(0);
    for (const waitMs of [MINUTE_MS, 2 * MINUTE_MS, 4 * MINUTE_MS]) {
      expect(await fail()).toBe(waitMs);
      now += waitMs - 1;
      expect(await fail()).toBe(1);
      now += 1;
      expect(await fail()).toBe(0);
    }
    expect(failuresOf(NAME)).toBe(8);
  });

  test('for one name are counted whoever tries', async () => {
    for (let n = 1; n <= 5; n++) expect(await fail(NAME, others(n))).toBe(0);
    expect(await fail(NAME, others(6))).toBe(MINUTE_MS);
    expect(failuresOf(others(6))).toBeUndefined();
  });

  test('by one caller are counted whatever the name', async () => {
    for (let n = 1; n <= 10; n++) expect(await fail(byName(`name-${String(n)}`))).toBe(0);
    expect(await fail(byName('another'))).toBe(MINUTE_MS);
    expect(failuresOf(byName('another'))).toBeUndefined();
  });

  test('by nobody who is known are counted by the name alone', async () => {
    for (let n = 1; n <= 5; n++) expect(await fail(NAME, null)).toBe(0);
    expect(await fail(NAME, null)).toBe(MINUTE_MS);
    expect(kept.size).toBe(1);
  });

  test('are forgotten a day after the last of them', async () => {
    for (let n = 1; n <= 5; n++) await fail();
    now += MINUTE_MS + DAY_MS - 1;
    expect(await fail()).toBe(0);
    expect(failuresOf(NAME)).toBe(6);
    now += 2 * MINUTE_MS + DAY_MS;
    expect(await fail()).toBe(0);
    expect(failuresOf(NAME)).toBe(1);
    expect(kept.get(NAME.key)?.expiresAt.getTime()).toBeGreaterThan(now);
  });

  test.each([
    ['back by a year', -365 * DAY_MS, 0],
    ['back by ten minutes, as two instances may differ', -10 * MINUTE_MS, 11 * MINUTE_MS],
    ['ahead by a year', 365 * DAY_MS, 0],
  ])('keep nobody out for long when a clock is set %s', async (_, ms, waitMs) => {
    for (let n = 1; n <= 5; n++) await fail();
    now += ms;
    expect(await fail()).toBe(waitMs);
  });
});

describe('the right password', () => {
  test('forgets the failures by name, and takes back only itself by caller', async () => {
    for (let n = 1; n <= 3; n++) await fail();
    await fail(byName('another'));
    await succeed();
    expect(failuresOf(NAME)).toBeUndefined();
    expect(failuresOf(CALLER)).toBe(4);
    expect(failuresOf(byName('another'))).toBe(1);
  });

  test('leaves nothing of somebody who never failed', async () => {
    await succeed();
    expect(kept.size).toBe(0);
  });

  test('does not help who guesses for other names between', async () => {
    // Signing in to an account of one's own must not clear the way.
    for (let n = 1; n <= 9; n++) {
      await fail(byName(`name-${String(n)}`));
      await succeed(byName('my-own'));
    }
    expect(await fail(byName('name-10'))).toBe(0);
    expect(await fail(byName('name-11'))).toBe(MINUTE_MS);
  });
});

describe('attempts at once', () => {
  test('are counted each: no more get in than are free', async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => fail()));
    const counted = waits.filter((waitMs) => waitMs === 0).length;
    expect(counted).toBeGreaterThanOrEqual(1);
    expect(counted).toBeLessThanOrEqual(5);
    expect(failuresOf(NAME)).toBe(counted);
    expect(failuresOf(CALLER)).toBe(counted);
  });

  test('that lose again and again are told to come back in a second, and count nothing', async () => {
    const losing: AttemptStore = {
      ...store,
      replace: (key, ...rest) =>
        key === CALLER.key ? Promise.resolve(false) : store.replace(key, ...rest),
    };
    await fail(NAME, others(1));
    const taken = await takeAttempt(losing, NAME, CALLER, new Date(now));
    expect(taken).toEqual({ ok: false, retryAt: new Date(now + 1_000) });
    expect(failuresOf(NAME)).toBe(1);
    expect(kept.has(CALLER.key)).toBe(false);
  });

  test('one that was right does not take back what another counted meanwhile', async () => {
    const taken = await takeAttempt(store, NAME, CALLER, new Date(now));
    await fail(byName('another'));
    if (!taken.ok) throw new Error('not counted');
    await taken.succeeded();
    expect(failuresOf(byName('another'))).toBe(1);
    expect(failuresOf(CALLER)).toBeGreaterThanOrEqual(1);
  });
});
