/** How often each of many may do something within a span of time, counted in this instance: it costs no database operation. */

/** Counts one more by `key`, unless that is too many: then it tells when it may be tried again, and counts nothing. */
export type RateLimit = (key: string, now: Date) => Date | undefined;

export interface RateLimitOptions {
  /** How many within the window, 1 or more. */
  limit: number;
  windowMs: number;
  /** Of how many keys it knows. The one that was quiet longest is forgotten first. */
  maxKeys?: number;
}

export function createRateLimit({
  limit,
  windowMs,
  maxKeys = 10_000,
}: RateLimitOptions): RateLimit {
  /** When each did it, in the order in which they last did. */
  const timesOf = new Map<string, readonly number[]>();

  return (key, now) => {
    const at = now.getTime();
    // A time to come was counted before the clock was set back: it would keep somebody out for as long as that.
    const recent = (timesOf.get(key) ?? []).filter((time) => time <= at && at - time < windowMs);
    const [oldest] = recent;
    const isFull = oldest !== undefined && recent.length >= limit;
    timesOf.delete(key);
    timesOf.set(key, isFull ? recent : [...recent, at]);
    if (timesOf.size > maxKeys) timesOf.delete(timesOf.keys().next().value ?? key);
    return isFull ? new Date(oldest + windowMs) : undefined;
  };
}
