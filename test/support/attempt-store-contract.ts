import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AttemptKey, AttemptStore } from '#functions/testing';
import { AT } from './sessions';

interface StoreUnderTest {
  attempts: AttemptStore;
  close: () => Promise<void>;
}

/** What every implementation of `AttemptStore` must do. */
export function describeAttemptStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a store of attempts`, () => {
    let attempts: AttemptStore;
    let close: StoreUnderTest['close'];

    beforeEach(async () => {
      ({ attempts, close } = await open());
    });
    afterEach(() => close());

    const key = 'some-key' as AttemptKey;
    const other = 'other-key' as AttemptKey;
    const expiresAt = new Date(AT + 1_000);
    const failed = (failures: number) => ({ failures, until: new Date(AT + failures) });
    const countOf = async (one: AttemptKey) => (await attempts.find([one])).get(one)?.failures;

    test('finds what was written for these keys, to the millisecond, and nothing else', async () => {
      await attempts.replace(key, undefined, failed(1), expiresAt);
      await attempts.replace(other, undefined, failed(7), expiresAt);
      expect(await attempts.find([key, 'absent' as AttemptKey])).toEqual(
        new Map([[key, failed(1)]]),
      );
    });

    test('inserts only where nothing is', async () => {
      expect(await attempts.replace(key, undefined, failed(1), expiresAt)).toBe(true);
      expect(await attempts.replace(key, undefined, failed(2), expiresAt)).toBe(false);
      expect(await countOf(key)).toBe(1);
    });

    test('replaces only the count that was seen', async () => {
      expect(await attempts.replace(key, 1, failed(2), expiresAt)).toBe(false);
      expect(await countOf(key)).toBeUndefined();
      await attempts.replace(key, undefined, failed(1), expiresAt);
      expect(await attempts.replace(key, 2, failed(3), expiresAt)).toBe(false);
      expect(await attempts.replace(key, 1, failed(2), expiresAt)).toBe(true);
      expect((await attempts.find([key])).get(key)).toEqual(failed(2));
    });

    test('forgets a key, and no other', async () => {
      await attempts.replace(key, undefined, failed(1), expiresAt);
      await attempts.replace(other, undefined, failed(1), expiresAt);
      await attempts.remove(key);
      await attempts.remove(key);
      expect([await countOf(key), await countOf(other)]).toEqual([undefined, 1]);
    });

    test('forgets only the count that was seen, where one is given', async () => {
      await attempts.replace(key, undefined, failed(2), expiresAt);
      await attempts.remove(key, 1);
      expect(await countOf(key)).toBe(2);
      await attempts.remove(key, 2);
      expect(await countOf(key)).toBeUndefined();
    });

    test('lets one be first of many at once', async () => {
      for (const seen of [undefined, 1]) {
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, () =>
            attempts.replace(key, seen, failed((seen ?? 0) + 1), expiresAt),
          ),
        );
        expect(outcomes.filter(Boolean)).toHaveLength(1);
      }
    });
  });
}
