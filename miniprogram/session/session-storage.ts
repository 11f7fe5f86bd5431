/** What a session leaves on the phone: the token, and the sign-outs that could not be sent yet. */
import type { LogoutScope, SessionInfo } from '#functions/session-contract';
import { isRecord, isSessionInfo, isText } from './replies';

export interface HeldSession {
  token: string;
  session: SessionInfo;
}

/** A sign-out that took effect on this phone before the cloud could be told. */
export interface PendingLogout {
  readonly token: string;
  readonly scope: Exclude<LogoutScope, 'others'>;
  /** How long before `seenAt` the person asked for it, in milliseconds. */
  agoMs: number;
  /** When that was so, by the clock of the phone, epoch milliseconds. */
  seenAt: number;
  /** A sign-in was sent from this phone since, and `agoMs` has room for it. */
  signInSince?: boolean;
  /** In how many rounds it was sent. */
  rounds: number;
  /** In how many of these the cloud said that asking again is no use. */
  refused: number;
}

/** Of a sign-out that has just been asked for. */
export const NOT_SENT = { agoMs: 0, rounds: 0, refused: 0 };

export interface SessionStorage {
  /** Never a session that a pending sign-out has ended, even if the phone could not delete it. */
  load(): HeldSession | undefined;
  save(held: HeldSession): void;
  clear(): void;
  /** @param now when a sign-out counts as asked for if an earlier release did not keep the time */
  pendingLogouts(now: number): readonly PendingLogout[];
  setPendingLogouts(logouts: readonly PendingLogout[]): void;
  /** The sign-in of which it is unknown whether it took place; `''` for none. */
  attempt(): string;
  setAttempt(attempt: string): void;
  /** Retries what the phone could not write or delete: there may be room by now. */
  heal(): void;
}

/**
 * The three storage calls of `wx` that are used. WeChat keeps storage apart by mini program and by
 * person.
 */
export interface KeyValueStorage {
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: unknown): void;
  removeStorageSync(key: string): void;
}

const SESSION_KEY = 'session';
const ATTEMPT_KEY = 'session.attempt';
const PENDING_LOGOUTS_KEY = 'session.pendingLogouts';

export function sessionStorage(storage: KeyValueStorage): SessionStorage {
  const read = (key: string): unknown => {
    let value: unknown;
    tryTo(() => (value = storage.getStorageSync(key)));
    return value;
  };
  /** What could not be written or deleted, by key. */
  const unwritten = new Map<string, unknown>();

  /**
   * @param value `''` deletes it. What cannot be deleted is overwritten, so that it does not come
   * back at the next start.
   */
  function write(key: string, value: unknown): void {
    const isDone =
      (value === '' && tryTo(() => storage.removeStorageSync(key))) ||
      tryTo(() => storage.setStorageSync(key, value));
    if (isDone) unwritten.delete(key);
    else unwritten.set(key, value);
  }

  const clear = (): void => write(SESSION_KEY, '');
  const pendingLogouts = (now: number): readonly PendingLogout[] =>
    decodePending(read(PENDING_LOGOUTS_KEY), now);

  return {
    load() {
      const held = decodeHeld(read(SESSION_KEY));
      const isOver = pendingLogouts(0).some(({ token }) => token === held?.token);
      if (!isOver) return held;
      clear();
      return undefined;
    },
    save(held) {
      write(SESSION_KEY, held);
      if (!unwritten.has(SESSION_KEY)) return;
      // Where the new one does not fit, the old one must not come back either.
      clear();
      unwritten.set(SESSION_KEY, held);
    },
    clear,
    pendingLogouts,
    setPendingLogouts: (logouts) => write(PENDING_LOGOUTS_KEY, logouts.length === 0 ? '' : logouts),
    attempt() {
      const attempt = String(read(ATTEMPT_KEY));
      return /^[\w-]{16,64}$/.test(attempt) ? attempt : '';
    },
    setAttempt: (attempt) => write(ATTEMPT_KEY, attempt),
    heal: () => unwritten.forEach((value, key) => write(key, value)),
  };
}

/**
 * Storage fails when the phone is full. What could not be kept lasts until the mini program is
 * closed.
 */
function tryTo(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    console.warn('storage failed', error);
    return false;
  }
}

function decodeHeld(value: unknown): HeldSession | undefined {
  if (!isRecord(value)) return undefined;
  const { token, session } = value;
  return isText(token) && isSessionInfo(session) ? { token, session } : undefined;
}

function decodePending(value: unknown, now: number): readonly PendingLogout[] {
  const kept: readonly unknown[] = Array.isArray(value) ? value : [];
  return kept
    .map((one) => ({ ...NOT_SENT, seenAt: now, ...(isRecord(one) ? one : {}) }))
    .filter(isPendingLogout);
}

function isPendingLogout(one: unknown): one is PendingLogout {
  return (
    isRecord(one) &&
    isText(one['token']) &&
    (one['scope'] === 'this' || one['scope'] === 'everywhere') &&
    ['seenAt', ...Object.keys(NOT_SENT)].every((name) => Number.isFinite(one[name]))
  );
}
