/** What a session leaves on the phone: the token, and the sign-outs that could not be sent yet. */
import type { LogoutScope, SessionInfo } from '../../cloudfunctions/shared/session/contract';
import { isRecord, isSessionInfo, isText } from './replies';

export interface HeldSession {
  token: string;
  session: SessionInfo;
}

/** A sign-out that took effect on this phone before the cloud could be told. */
export interface PendingLogout {
  token: string;
  scope: Exclude<LogoutScope, 'others'>;
  /** When the person asked, epoch milliseconds by this phone's clock. */
  askedAt?: number;
}

/** What writes resolves to whether it is on the phone. */
export interface SessionStorage {
  /** Not a session that a pending sign-out has ended, though the phone would not let go of it. */
  load(): HeldSession | undefined;
  save(held: HeldSession): boolean;
  clear(): boolean;
  pendingLogouts(): readonly PendingLogout[];
  setPendingLogouts(logouts: readonly PendingLogout[]): boolean;
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
  const read = (key: string): unknown => {
    let value: unknown;
    attempt(() => (value = storage.getStorageSync(key)));
    return value;
  };
  const write = (key: string, value: unknown) => attempt(() => storage.setStorageSync(key, value));
  /** What cannot be removed is written over: nothing may come back at the next start. */
  const remove = (key: string): boolean =>
    attempt(() => storage.removeStorageSync(key)) || write(key, '');

  const pendingLogouts = (): readonly PendingLogout[] => decodePending(read(PENDING_LOGOUTS_KEY));

  return {
    load() {
      const held = decodeHeld(read(SESSION_KEY));
      const isOver = pendingLogouts().some(({ token }) => token === held?.token);
      return isOver ? undefined : held;
    },
    // Where the new one does not fit, the old one must not come back either.
    save: (held) => write(SESSION_KEY, held) || (remove(SESSION_KEY), false),
    clear: () => remove(SESSION_KEY),
    pendingLogouts,
    setPendingLogouts: (logouts) =>
      logouts.length === 0 ? remove(PENDING_LOGOUTS_KEY) : write(PENDING_LOGOUTS_KEY, logouts),
  };
}

/** Storage fails when the phone is full. What was not kept lasts until the mini program is closed. */
function attempt(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    console.warn('session storage failed', error);
    return false;
  }
}

function decodeHeld(value: unknown): HeldSession | undefined {
  if (!isRecord(value)) return undefined;
  const { token, session } = value;
  return isText(token) && isSessionInfo(session) ? { token, session } : undefined;
}

function decodePending(value: unknown): readonly PendingLogout[] {
  return Array.isArray(value) ? value.filter(isPendingLogout) : [];
}

function isPendingLogout(value: unknown): value is PendingLogout {
  if (!isRecord(value)) return false;
  const { token, scope, askedAt } = value;
  return (
    isText(token) &&
    (scope === 'this' || scope === 'everywhere') &&
    (askedAt === undefined || Number.isFinite(askedAt))
  );
}
