/**
 * How many codes may be exchanged in a minute, for one client address and for one app: first counted in this instance, which
 * costs nothing, then across all of them, which costs one to three database operations.
 */
import { createHash } from 'node:crypto';

/** Counts in fixed documents, used again and again: nothing has to be cleaned up. */
export interface CounterStore {
  /**
   * Adds one to the counter in this window, unless it has reached the limit. A counter of another window starts anew.
   * Resolves to whether it did.
   */
  take(id: string, window: number, limit: number): Promise<boolean>;
}

export type ExchangeLimit = (subject: {
  clientAddress: string;
  appid: string;
}) => Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }>;

const WINDOW_MS = 60_000;
/** Several people may be behind one address. */
const PER_ADDRESS = 30;
const PER_APP = 1_200;
/** Addresses that share a counter by chance share its limit. */
const ADDRESS_COUNTERS = 4_096;
/** An instance that has seen more forgets them: the database still counts. */
const MAX_REMEMBERED = 10_000;

export function createExchangeLimit(counters: CounterStore, now: () => Date): ExchangeLimit {
  let seenWindow = -1;
  let seen = new Map<string, number>();

  function takeHere(id: string, limit: number): boolean {
    const count = (seen.get(id) ?? 0) + 1;
    if (count > limit) return false;
    if (seen.size >= MAX_REMEMBERED) seen = new Map();
    seen.set(id, count);
    return true;
  }

  return async ({ clientAddress, appid }) => {
    const ms = now().getTime();
    const window = Math.floor(ms / WINDOW_MS);
    if (window !== seenWindow) {
      seenWindow = window;
      seen = new Map();
    }
    const checks: [string, number][] = [
      [addressCounter(clientAddress), PER_ADDRESS],
      [`app-${digest(appid)}`, PER_APP],
    ];
    for (const [id, limit] of checks) {
      if (!takeHere(id, limit) || !(await counters.take(id, window, limit))) {
        return { ok: false, retryAfterSeconds: Math.ceil(((window + 1) * WINDOW_MS - ms) / 1_000) };
      }
    }
    return { ok: true };
  };
}

function addressCounter(address: string): string {
  return `address-${String(Number.parseInt(digest(address).slice(0, 8), 16) % ADDRESS_COUNTERS)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
