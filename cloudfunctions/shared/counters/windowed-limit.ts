/**
 * How often something may be done in a minute: counted first in this instance, which is free, then
 * across all of them, which costs one to three database operations.
 */
import { createHash } from 'node:crypto';

/**
 * Counts in a fixed set of documents that are used again and again: nothing has to be cleaned up.
 */
export interface CounterStore {
  /**
   * Adds one to the counter in this window, unless it has reached the limit. A counter of an
   * earlier window starts again; one that is a few windows ahead was written by an instance whose
   * clock is ahead, and counts. Resolves to whether it counted.
   */
  take(id: string, window: number, limit: number): Promise<boolean>;
}

export interface Quota {
  /** The id of its counter. */
  id: string;
  /** How many in a minute. */
  limit: number;
}

export interface WindowedLimit {
  /**
   * Counts one more in each, up to the first that is full. Resolves to when that one starts again;
   * `undefined`: none is full.
   */
  take(quotas: readonly Quota[], now: Date): Promise<Date | undefined>;
  /**
   * When the quotas start again, if this instance knows that one of them is full. Counts nothing
   * and asks no database.
   */
  fullUntil(quotas: readonly Quota[], now: Date): Date | undefined;
}

export const WINDOW_MS = 60_000;
/**
 * How many windows the clocks of two instances may be apart. Anything further ahead comes from a
 * clock that has been set back.
 */
export const WINDOWS_AHEAD = 2;
/** How many counters there are; addresses that share one by chance share its limit. */
const ADDRESS_COUNTERS = 4_096;
/** An instance that has seen more than this forgets them; the database still counts. */
const MAX_REMEMBERED = 10_000;

export function createWindowedLimit(counters: CounterStore): WindowedLimit {
  let seenWindow = -1;
  let seen = new Map<string, number>();

  const windowAt = (now: Date): number => {
    const window = Math.floor(now.getTime() / WINDOW_MS);
    if (window !== seenWindow) {
      seenWindow = window;
      seen = new Map();
    }
    return window;
  };
  const isFull = ({ id, limit }: Quota): boolean => (seen.get(id) ?? 0) >= limit;
  const remember = (id: string, count: number): void => {
    if (seen.size >= MAX_REMEMBERED) seen = new Map();
    seen.set(id, count);
  };
  const nextWindow = (window: number): Date => new Date((window + 1) * WINDOW_MS);

  return {
    async take(quotas, now) {
      const window = windowAt(now);
      for (const quota of quotas) {
        const { id, limit } = quota;
        if (isFull(quota)) return nextWindow(window);
        remember(id, (seen.get(id) ?? 0) + 1);
        if (await counters.take(id, window, limit)) continue;
        // Other instances have filled it: no need to ask again.
        if (window === seenWindow) remember(id, limit);
        return nextWindow(window);
      }
      return undefined;
    },
    fullUntil(quotas, now) {
      const window = windowAt(now);
      return quotas.some(isFull) ? nextWindow(window) : undefined;
    },
  };
}

/** One of a bounded number of counters. */
export function addressCounter(prefix: string, address: string): string {
  return `${prefix}-${String(Number.parseInt(digest(address).slice(0, 8), 16) % ADDRESS_COUNTERS)}`;
}

/** One person's own counter, but for one chance in a million. */
export function personCounter(prefix: string, person: string): string {
  return `${prefix}-${digest(person).slice(0, 5)}`;
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
