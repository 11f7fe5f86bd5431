/**
 * How often a password may be tried: after some failures each costs a wait that doubles. Failures
 * are counted by name, so that nobody tries many passwords for one name, and by who tries, so that
 * nobody tries one password for many names: an OPENID can't be changed at will.
 *
 * An attempt is counted before the password is looked at, and taken back if it was right: of many
 * at once none gets in uncounted.
 */
import { createHash } from 'node:crypto';

export interface Attempts {
  /** Since the last success, or in a row without a day between. */
  failures: number;
  /** Until then no attempt is made. */
  until: Date;
}

/**
 * Where attempts are counted. Each method is one database operation, and atomic for its document.
 */
export interface AttemptStore {
  find(keys: readonly AttemptKey[]): Promise<ReadonlyMap<AttemptKey, Attempts>>;
  /**
   * Writes `next` if the count of failures is still the one that was seen; `undefined`: if there is
   * none. Resolves to whether it did. Inserting takes one operation, too.
   *
   * @param expiresAt when it is forgotten
   */
  replace(
    key: AttemptKey,
    seen: number | undefined,
    next: Attempts,
    expiresAt: Date,
  ): Promise<boolean>;
  /** Forgets the key, if its count is still the one that was seen, where one is given. */
  remove(key: AttemptKey, seen?: number): Promise<void>;
}

declare const brand: unique symbol;
export type AttemptKey = string & { readonly [brand]: 'AttemptKey' };

export interface AttemptLimit {
  key: AttemptKey;
  /** How many failures cost no wait. */
  free: number;
}

/** Enough to mistype it; a guesser has 100 tries a day or so (OWASP ASVS 5.0, 6.3.1). */
const FREE_BY_NAME = 5;
/** One person may have several accounts, and a family one phone. */
const FREE_BY_CALLER = 10;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** After so long without an attempt, failures are forgotten. */
const MEMORY_MS = 24 * 60 * 60_000;
/** How often an attempt is counted anew because others are counted at the same moment. */
const TRIES = 3;
const BUSY_MS = 1_000;

const keyOf = (text: string): AttemptKey =>
  createHash('sha256').update(text).digest('base64url') as AttemptKey;

/** @param name normalised */
export const byName = (name: string): AttemptLimit => ({
  key: keyOf(`name:${name}`),
  free: FREE_BY_NAME,
});
/** @param who tries: `appid:openid`, or an address */
export const byCaller = (who: string): AttemptLimit => ({
  key: keyOf(`caller:${who}`),
  free: FREE_BY_CALLER,
});

/** How long the next attempt has to wait after so many failures, in milliseconds. */
export function waitAfter(failures: number, free: number): number {
  if (failures < free) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, failures - free));
}

export type Taken =
  | {
      ok: true;
      /** The password was right: forgets the failures by name, and takes back what was counted. */
      succeeded: () => Promise<void>;
    }
  | { ok: false; retryAt: Date };

/**
 * Counts an attempt under the name, and under who tries. One database operation to read both, and
 * one or two to count each.
 */
export async function takeAttempt(
  store: AttemptStore,
  name: AttemptLimit,
  caller: AttemptLimit | undefined,
  now: Date,
): Promise<Taken> {
  const limits = caller === undefined ? [name] : [name, caller];
  for (let tries = 1; tries <= TRIES; tries++) {
    const found = await store.find(limits.map(({ key }) => key));
    const seen = limits.map(({ key }) => remembered(found.get(key), now));
    const waits = seen.flatMap((one) => (one !== undefined && one.until > now ? [one.until] : []));
    if (waits.length > 0) return { ok: false, retryAt: latest(waits) };
    const counted: (() => Promise<unknown>)[] = [];
    let isCounted = true;
    for (const [index, { key, free }] of limits.entries()) {
      const failures = (seen[index]?.failures ?? 0) + 1;
      const until = later(now, waitAfter(failures, free));
      const expiresAt = later(now, MEMORY_MS);
      isCounted = await store.replace(
        key,
        found.get(key)?.failures,
        { failures, until },
        expiresAt,
      );
      if (!isCounted) break;
      const before = seen[index];
      counted.push(() =>
        before === undefined
          ? store.remove(key, failures)
          : store.replace(key, failures, before, later(now, MEMORY_MS)),
      );
    }
    const [, uncountCaller] = counted;
    if (isCounted) {
      return {
        ok: true,
        succeeded: async () => {
          await store.remove(name.key);
          await uncountCaller?.();
        },
      };
    }
    // Somebody else was counted between: what this one has counted is taken back.
    for (const undo of counted) await undo();
  }
  return { ok: false, retryAt: later(now, BUSY_MS) };
}

/**
 * What counts by now. A wait that is longer than any was set by a clock that has been set back: it
 * would keep somebody out until then.
 */
function remembered(found: Attempts | undefined, now: Date): Attempts | undefined {
  if (found === undefined || later(found.until, MEMORY_MS) <= now) return undefined;
  return found.until > later(now, LONGEST_WAIT_MS) ? { ...found, until: now } : found;
}

const later = (time: Date, ms: number): Date => new Date(time.getTime() + ms);
const latest = (times: readonly Date[]): Date =>
  new Date(Math.max(...times.map((time) => time.getTime())));
