/**
 * The session of the person who holds this phone: sign in, stay signed in, sign out.
 *
 * Only a definite answer from the cloud signs anybody out. A lost network, a timeout or a database that is down leaves
 * the state as it is and says so in `state.problem`.
 */
import type { Device, SessionInfo } from '../../cloudfunctions/shared/session/contract';
import { callCloud, type CallFailure, type CallFunction, type CallOutcome } from './cloud-call';
import { onceAtATime } from './once-at-a-time';
import { withRetry } from './retry';
import { isEndCode, reduceSession, type SessionEvent, type SessionState } from './session-state';
import type { HeldSession, SessionStorage } from './session-storage';

export interface SessionClientDependencies {
  callFunction: CallFunction;
  storage: SessionStorage;
  device: () => Device;
  wait: (ms: number) => Promise<void>;
  /** 0 (inclusive) to 1 (exclusive). */
  random: () => number;
}

export interface SessionClient {
  readonly state: SessionState;
  /** Calls the listener after each change. Returns how to stop. */
  onChange(listener: (state: SessionState) => void): () => void;
  /** Resolves once the session that this phone held was checked, or could not be. Checks once, however often asked. */
  ready(): Promise<SessionState>;
  /** Signs in. Everybody who asks while a sign-in is under way shares it. */
  login(): Promise<SessionState>;
  /** Asks the cloud whether the session is still good. */
  check(): Promise<SessionState>;
  /** Signs this phone out at once, also offline; the cloud is told now or as soon as it can be reached. */
  logout(): Promise<SessionState>;
  /** Tells the cloud about the sign-outs that it could not be told of before. */
  sendPendingLogouts(): Promise<void>;
  /** Calls a function with the session's token. It is not repeated when it fails: that might not be safe. */
  call<T extends object>(name: string, data?: Record<string, unknown>): Promise<CallOutcome<T>>;
}

/** The refusal names a field of what was sent, e.g. somebody else's session id: the caller's own session is fine. */
function isAboutData(failure: CallFailure): boolean {
  return failure.code !== 'NETWORK' && failure.detail?.field !== undefined;
}

export function createSessionClient(dependencies: SessionClientDependencies): SessionClient {
  const { callFunction, storage, device, wait, random } = dependencies;
  const listeners = new Set<(state: SessionState) => void>();
  let held: HeldSession | undefined = storage.load();
  let state: SessionState =
    held === undefined ? { status: 'signedOut' } : { status: 'signedIn', session: held.session };
  /** Counts sign-outs, so that a sign-in on its way can tell that it was overtaken by one. */
  let logouts = 0;

  function dispatch(event: SessionEvent): SessionState {
    state = reduceSession(state, event);
    for (const listener of [...listeners]) listener(state);
    return state;
  }

  function hold(next: HeldSession): SessionState {
    held = next;
    storage.save(next);
    return dispatch({ type: 'confirmed', session: next.session });
  }

  function drop(event: Extract<SessionEvent, { type: 'ended' }>): SessionState {
    held = undefined;
    storage.clear();
    return dispatch(event);
  }

  /** What a failed call made with `token` means. One that comes back after the token was replaced means nothing. */
  function fail(token: string, failure: CallFailure): SessionState {
    if (held?.token !== token) return state;
    if (failure.code === 'NETWORK') return dispatch({ type: 'failed', problem: 'NETWORK' });
    const { code, detail } = failure;
    if (!isEndCode(code)) return dispatch({ type: 'failed', problem: code });
    return drop({ type: 'ended', end: detail === undefined ? { code } : { code, detail } });
  }

  /** For calls that may be repeated without harm. */
  const callRepeatedly = <T extends object>(name: string, data: Record<string, unknown>) =>
    withRetry(
      () => callCloud<T>(callFunction, name, data),
      (outcome) => !outcome.ok && outcome.retryable,
      wait,
      random,
    );

  const login = onceAtATime(async () => {
    const logoutsBefore = logouts;
    dispatch({ type: 'started', activity: 'login' });
    const outcome = await callRepeatedly<{ sessionToken: string; session: SessionInfo }>('login', {
      device: device(),
      ...(held && { sessionToken: held.token }),
    });
    const overtaken = logouts !== logoutsBefore;
    if (!outcome.ok) {
      if (overtaken) return state;
      const { code } = outcome;
      const problem = code !== 'NETWORK' && isEndCode(code) ? 'INTERNAL' : code;
      return dispatch({ type: 'failed', problem });
    }
    if (!overtaken) return hold({ token: outcome.sessionToken, session: outcome.session });
    storage.setPendingLogouts([...storage.pendingLogouts(), outcome.sessionToken]);
    await sendPendingLogouts();
    return state;
  });

  const check = onceAtATime(async () => {
    if (held === undefined) return state;
    const { token } = held;
    dispatch({ type: 'started', activity: 'check' });
    const data = { action: 'check', sessionToken: token };
    const outcome = await callRepeatedly<{ session: SessionInfo }>('session', data);
    if (!outcome.ok) return fail(token, outcome);
    return stillHolds(token) ? hold({ token, session: outcome.session }) : state;
  });

  const stillHolds = (token: string): boolean => held?.token === token;

  async function logout(): Promise<SessionState> {
    logouts += 1;
    if (held !== undefined) {
      storage.setPendingLogouts([...storage.pendingLogouts(), held.token]);
    }
    drop({ type: 'ended' });
    await sendPendingLogouts();
    return state;
  }

  const sendPendingLogouts = onceAtATime(async () => {
    for (;;) {
      const [token] = storage.pendingLogouts();
      if (token === undefined) return;
      const outcome = await callRepeatedly('logout', { sessionToken: token });
      // INVALID_INPUT can never succeed. Anything else is kept for the next time.
      if (!outcome.ok && outcome.code !== 'INVALID_INPUT') return;
      storage.setPendingLogouts(storage.pendingLogouts().filter((pending) => pending !== token));
    }
  });

  let firstCheck: Promise<SessionState> | undefined;

  return {
    get state() {
      return state;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ready: () => (firstCheck ??= check()),
    login,
    check,
    logout,
    sendPendingLogouts,
    async call<T extends object>(name: string, data: Record<string, unknown> = {}) {
      const token = held?.token ?? '';
      const outcome = await callCloud<T>(callFunction, name, { ...data, sessionToken: token });
      if (!outcome.ok && !isAboutData(outcome)) fail(token, outcome);
      return outcome;
    },
  };
}
