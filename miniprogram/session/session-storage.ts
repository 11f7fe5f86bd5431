/** What a session leaves on the phone: the token, and the sign-outs that could not be sent yet. */
import type { SessionInfo } from '../../cloudfunctions/shared/session/contract';

export interface HeldSession {
  token: string;
  session: SessionInfo;
}

export interface SessionStorage {
  load(): HeldSession | undefined;
  save(held: HeldSession): void;
  clear(): void;
  /** Tokens that were signed out here while the cloud could not be reached. */
  pendingLogouts(): readonly string[];
  setPendingLogouts(tokens: readonly string[]): void;
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
    pendingLogouts: () => decodeTokens(attempt(() => storage.getStorageSync(PENDING_LOGOUTS_KEY))),
    setPendingLogouts: (tokens) =>
      void attempt(() =>
        tokens.length === 0
          ? storage.removeStorageSync(PENDING_LOGOUTS_KEY)
          : storage.setStorageSync(PENDING_LOGOUTS_KEY, tokens),
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

function decodeTokens(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((token): token is string => typeof token === 'string')
    : [];
}
