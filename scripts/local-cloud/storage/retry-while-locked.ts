/** On Windows a file that somebody reads, a virus scanner too, can't be replaced or deleted meanwhile. */
import { setTimeout as wait } from 'node:timers/promises';

const LOCKED: ReadonlySet<unknown> = new Set(['EBUSY', 'EPERM', 'EACCES']);
/** Doubled each time; together 1.3 seconds, within the time-out of a function. */
const FIRST_PAUSE_MS = 10;
const ATTEMPTS = 8;

/** @throws what `operation` throws, at the last attempt for a file that stays locked */
export async function retryWhileLocked(operation: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await operation();
      return;
    } catch (error) {
      const isLocked = error instanceof Error && 'code' in error && LOCKED.has(error.code);
      if (attempt === ATTEMPTS || !isLocked) throw error;
    }
    await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}
