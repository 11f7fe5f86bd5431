/**
 * On Windows a file can't be replaced or deleted while another program has it open: an editor, a
 * virus scanner, DevTools. Mostly it is for a moment only.
 */
import { setTimeout as wait } from 'node:timers/promises';

const LOCKED = new Set(['EBUSY', 'EPERM', 'EACCES']);
/** Doubled each time; together two and a half seconds. */
const FIRST_PAUSE_MS = 10;
const ATTEMPTS = 9;

export function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOCKED.has(String(error.code));
}

/** @throws what `operation` throws, at the last attempt for a file that stays locked */
export async function retryWhileLocked<T>(
  operation: () => Promise<T>,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === ATTEMPTS || !isLocked(error)) throw error;
    }
    await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}
