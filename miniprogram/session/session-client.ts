/**
 * The session of the person who holds this phone: sign in, stay signed in, sign out.
 *
 * Only a definite answer from the cloud signs anybody out. A lost network, a timeout or a database that is down leaves
 * the state as it is and says so in `state.problem`.
 */
import type {
  Device,
  LogoutScope,
  SessionInfo,
} from '../../cloudfunctions/shared/session/contract';
import {
  callCloud,
  isRetryable,
  type CallFailure,
  type CallFunction,
  type CallOutcome,
} from './cloud-call';
import { onceAtATime } from './once-at-a-time';
import { createPendingLogouts } from './pending-logouts';
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

export interface CallOptions {
  /**
   * The call may be made twice without harm. It is then repeated when it gets no answer, and made again by itself once
   * the person has signed in, when it met the end of their session.
   */
  idempotent?: boolean;
}

/** The person was asked to sign in, and did not want to. */
export interface SignInDeclined {
  ok: false;
  code: 'SIGN_IN_DECLINED';
}

export type SessionCallOutcome<T extends object> =
  | CallOutcome<T>
  | SignInDeclined
  /** The call met the end of the session: it was not carried out. `resume` asks to sign in, and makes it again. */
  | (CallFailure & { resume: () => Promise<SessionCallOutcome<T>> });

export type LogoutOutcome =
  /** `pending`: this phone is signed out, and the cloud will be told once it can be reached. */
  { ok: true; pending: boolean } | CallFailure | SignInDeclined;

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
  /**
   * Scopes `this` (the default) and `everywhere` sign this phone out at once, also offline; the cloud is told now or as
   * soon as it can be reached. Scope `others` needs the cloud, and leaves this phone signed in.
   */
  logout(options?: { scope?: LogoutScope }): Promise<LogoutOutcome>;
  /** Signs this phone out because the cloud has ended every session already. */
  forget(): void;
  /** Tells the cloud about the sign-outs that it could not be told of before. */
  sendPendingLogouts(): Promise<boolean>;
  /** Calls a protected function. Somebody who is not signed in is asked to, first. */
  call<T extends object>(
    name: string,
    data?: Record<string, unknown>,
    options?: CallOptions,
  ): Promise<SessionCallOutcome<T>>;
  /** Who asks the person to sign in, and resolves to whether they did. Without one, nobody is asked. */
  askToSignInWith(ask: () => Promise<boolean>): void;
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

  const stillHolds = (token: string): boolean => held?.token === token;

  /** What a failed call made with `token` means. One that comes back after the token was replaced means nothing. */
  function fail(token: string, failure: CallFailure): SessionState {
    if (!stillHolds(token)) return state;
    if (failure.code === 'NETWORK') return dispatch({ type: 'failed', problem: 'NETWORK' });
    const { code, detail } = failure;
    if (!isEndCode(code)) return dispatch({ type: 'failed', problem: code });
    return drop({ type: 'ended', end: detail === undefined ? { code } : { code, detail } });
  }

  const callOnce = <T extends object>(name: string, data: Record<string, unknown>) =>
    callCloud<T>(callFunction, name, data);

  /** For calls that may be repeated without harm. */
  const callRepeatedly = <T extends object>(name: string, data: Record<string, unknown>) =>
    withRetry(() => callOnce<T>(name, data), isRetryable, wait, random);

  const pending = createPendingLogouts(storage, ({ token, scope }) =>
    callRepeatedly('logout', { sessionToken: token, scope }),
  );

  const login = onceAtATime(async () => {
    const logoutsBefore = logouts;
    dispatch({ type: 'started', activity: 'login' });
    const outcome = await callRepeatedly<{ sessionToken: string; session: SessionInfo }>('login', {
      device: device(),
      ...(held && { sessionToken: held.token }),
    });
    const overtaken = logouts !== logoutsBefore;
    if (outcome.ok && !overtaken) {
      return hold({ token: outcome.sessionToken, session: outcome.session });
    }
    if (outcome.ok) {
      pending.add({ token: outcome.sessionToken, scope: 'this' });
      await pending.send();
    } else if (!overtaken) {
      const { code } = outcome;
      dispatch({
        type: 'failed',
        problem: code !== 'NETWORK' && isEndCode(code) ? 'INTERNAL' : code,
      });
    }
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

  let ask = (): Promise<boolean> => Promise.resolve(false);
  /** However many calls need the person to sign in, they are asked once. */
  const signedIn = onceAtATime(async () => held !== undefined || (await ask()));

  async function call<T extends object>(
    name: string,
    data: Record<string, unknown> = {},
    options: CallOptions = {},
  ): Promise<SessionCallOutcome<T>> {
    if (!(await signedIn()) || held === undefined) return { ok: false, code: 'SIGN_IN_DECLINED' };
    const { token } = held;
    const send = options.idempotent === true ? callRepeatedly : callOnce;
    const outcome = await send<T>(name, { ...data, sessionToken: token });
    if (outcome.ok || isAboutData(outcome)) return outcome;
    fail(token, outcome);
    if (outcome.code === 'NETWORK' || !isEndCode(outcome.code)) return outcome;
    // Not carried out: a protected function looks at the session before it does anything.
    const resume = (): Promise<SessionCallOutcome<T>> => call<T>(name, data, options);
    return options.idempotent === true ? resumeSignedIn(resume, outcome) : { ...outcome, resume };
  }

  /** Made again by itself, if the person signs in; else it is theirs to resume. */
  async function resumeSignedIn<T extends object>(
    resume: () => Promise<SessionCallOutcome<T>>,
    refusal: CallFailure,
  ): Promise<SessionCallOutcome<T>> {
    return (await signedIn()) ? resume() : { ...refusal, resume };
  }

  async function logoutOthers(): Promise<LogoutOutcome> {
    const outcome = await call('logout', { scope: 'others' }, { idempotent: true });
    return outcome.ok ? { ok: true, pending: false } : outcome;
  }

  async function logout({ scope = 'this' }: { scope?: LogoutScope } = {}): Promise<LogoutOutcome> {
    if (scope === 'others') return logoutOthers();
    logouts += 1;
    if (held !== undefined) pending.add({ token: held.token, scope });
    drop({ type: 'ended' });
    return { ok: true, pending: !(await pending.send()) };
  }

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
    forget() {
      logouts += 1;
      drop({ type: 'ended' });
    },
    sendPendingLogouts: () => pending.send(),
    call,
    askToSignInWith(next) {
      ask = next;
    },
  };
}

/** The refusal names a field of what was sent, e.g. somebody else's session id: the caller's own session is fine. */
function isAboutData(failure: CallFailure): boolean {
  return failure.code !== 'NETWORK' && failure.detail?.field !== undefined;
}
