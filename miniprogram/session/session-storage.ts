/** What a session leaves on the phone: the token, and the sign-outs that could not be sent yet. */
import type { LogoutScope, SessionInfo } from '../../cloudfunctions/shared/session/contract';

export interface HeldSession {
  token: string;
  session: SessionInfo;
}

/** A sign-out that took effect on this phone before the cloud could be told. */
export interface PendingLogout {
  token: string;
  scope: Exclude<LogoutScope, 'others'>;
}

export interface SessionStorage {
  load(): HeldSession | undefined;
  save(held: HeldSession): void;
  clear(): void;
  pendingLogouts(): readonly PendingLogout[];
  setPendingLogouts(logouts: readonly PendingLogout[]): void;
}

/** The three storage calls of `wx` that are used. WeChat keeps storage apart by mini program and by person. */
export interface KeyValueStorage {
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: unknown): void;
  removeStorageSync(key: string): void;
}

const SESSION_KEY = 'session';
const PENDING_LOGOUTS_KEY = 'session.pendingLogouts';

export function sessionStorage(storage: KeyValueStorage): SessionStorage {
  return {
    load: () => decodeHeld(attempt(() => storage.getStorageSync(SESSION_KEY))),
    save: (held) => void attempt(() => storage.setStorageSync(SESSION_KEY, held)),
    clear: () => void attempt(() => storage.removeStorageSync(SESSION_KEY)),
    pendingLogouts: () => decodePending(attempt(() => storage.getStorageSync(PENDING_LOGOUTS_KEY))),
    setPendingLogouts: (logouts) =>
      void attempt(() =>
        logouts.length === 0
          ? storage.removeStorageSync(PENDING_LOGOUTS_KEY)
          : storage.setStorageSync(PENDING_LOGOUTS_KEY, logouts),
      ),
  };
}

/** Storage fails when the phone is full. The session then lasts until the mini program is closed, which is no error. */
function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    console.warn('session storage failed', error);
    return undefined;
  }
}

function decodeHeld(value: unknown): HeldSession | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { token, session } = value as Partial<HeldSession>;
  const isHeld =
    typeof token === 'string' && typeof session === 'object' && (session as unknown) !== null;
  return isHeld ? { token, session } : undefined;
}

function decodePending(value: unknown): readonly PendingLogout[] {
  return Array.isArray(value) ? value.filter(isPendingLogout) : [];
}

function isPendingLogout(value: unknown): value is PendingLogout {
  const { token, scope } = (value ?? {}) as Partial<PendingLogout>;
  return typeof token === 'string' && (scope === 'this' || scope === 'everywhere');
}
