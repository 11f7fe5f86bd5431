/**
 * How often something may be done within a span of time, counted by key in this instance: it costs
 * no database operation.
 */

/**
 * Counts one more for `key`. If that is too many it counts nothing and returns when to try again.
 */
export type RateLimit = (key: string, now: Date) => Date | undefined;

export interface RateLimitOptions {
  /** How many within the window, 1 or more. */
  limit: number;
  windowMs: number;
  /** How many keys it remembers; the one that was quiet longest is forgotten first. */
  maxKeys?: number;
}

export function createRateLimit({
  limit,
  windowMs,
  maxKeys = 10_000,
}: RateLimitOptions): RateLimit {
  /** The times by key; the keys in the order of their last time. */
  const timesOf = new Map<string, readonly number[]>();

  return (key, now) => {
    const at = now.getTime();
    // A time in the future was counted before the clock was set back, and would keep somebody out
    // until then.
    const recent = (timesOf.get(key) ?? []).filter((time) => time <= at && at - time < windowMs);
    const [oldest] = recent;
    const isFull = oldest !== undefined && recent.length >= limit;
    timesOf.delete(key);
    timesOf.set(key, isFull ? recent : [...recent, at]);
    if (timesOf.size > maxKeys) timesOf.delete(timesOf.keys().next().value ?? key);
    return isFull ? new Date(oldest + windowMs) : undefined;
  };
}
