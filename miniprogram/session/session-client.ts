/**
 * The session of the person who holds this phone: sign in, stay signed in, sign out.
 *
 * Only a definite answer from the cloud signs anybody out. A lost network, a timeout or a database
 * that is down leaves the state as it is and says so in `state.problem`.
 */
import type { LogoutScope, SessionContract } from '#functions/session-contract';
import {
  callCloud,
  isWorthRepeating,
  problemOf,
  type CallFailure,
  type CallOutcome,
} from './cloud-call';
import { createExpiryWatch } from './expiry-watch';
import type { Functions } from './functions';
import { createListeners } from './listeners';
import { createProtectedCalls } from './protected-calls';
import { createPendingLogouts } from './pending-logouts';
import { withRetry } from './retry';
import { isEndCode } from './replies';
import type {
  LogoutOutcome,
  SessionClient,
  SessionClientDependencies,
} from './session-client-contract';
import { reduceSession, type SessionEvent, type SessionState } from './session-state';
import type { HeldSession } from './session-storage';
import { createSignIn } from './sign-in';
import type { ReplyOf } from './typed-call';

export type { LogoutOutcome, SessionClient, SignInWay } from './session-client-contract';

/** A page that is shown within this time after a check needs none of its own, in milliseconds. */
const RECENT_CHECK_MS = 5_000;
/** A sign-out that reaches the cloud later than this says how late it is, in milliseconds. */
const SOON_MS = 5_000;

type Checked = ReplyOf<SessionContract['session'], 'check'>;

export function createSessionClient<Known = Functions>(
  dependencies: SessionClientDependencies,
): SessionClient<Known> {
  const { callFunction, storage, wait, random } = dependencies;
  const {
    now = Date.now,
    after = () => () => undefined,
    askToSignIn = () => Promise.resolve(false),
  } = dependencies;
  const listeners = createListeners<SessionState>();
  let held: HeldSession | undefined = storage.load();
  let state: SessionState =
    held === undefined ? { status: 'signedOut' } : { status: 'signedIn', session: held.session };
  /** Counts sign-outs, so that a call can tell whether one has overtaken it. */
  let logouts = 0;
  /** Counts sessions that ended here: who signs in after that may do so into another account. */
  let ends = 0;
  let checkedAt = -Infinity;
  /** Counts the answers that said that the session is good. */
  let confirmations = 0;
  const watchExpiry = createExpiryWatch(after, now, () => void check());
  const watchHeld = (): void => watchExpiry(held?.session.expiresAt);
  watchHeld();

  function dispatch(event: SessionEvent): SessionState {
    state = reduceSession(state, event);
    listeners.tell(state);
    return state;
  }

  function hold(next: HeldSession): SessionState {
    checkedAt = now();
    confirmations += 1;
    held = next;
    storage.save(next);
    watchHeld();
    return dispatch({ type: 'confirmed', session: next.session });
  }

  function drop(event: Extract<SessionEvent, { type: 'ended' }>): SessionState {
    ends += 1;
    held = undefined;
    storage.clear();
    watchHeld();
    return dispatch(event);
  }

  const heldToken = (): string | undefined => held?.token;

  /**
   * What the failure of a call that begins now with `token` means. Nothing, once the token was
   * replaced; and a network that was lost before the session was confirmed is back.
   */
  function failureOf(token: string): (failure: CallFailure) => void {
    const before = confirmations;
    return (failure) => {
      if (heldToken() !== token) return;
      const { code, detail } = failure;
      if (isEndCode(code)) drop({ type: 'ended', end: { code, ...(detail && { detail }) } });
      else if (state.busy === 'login') return;
      else if (code !== 'NETWORK' || confirmations === before) dispatch(problemOf(failure));
    };
  }

  const callOnce = <T extends object>(
    name: string,
    data: () => object,
    late?: (outcome: CallOutcome<T>) => void,
  ) => callCloud<T>(callFunction, after, name, data(), late);

  /** For calls that may be repeated without harm. Each try sends what is so by then. */
  const callRepeatedly = <T extends object>(
    name: string,
    data: () => object,
    isWanted: () => boolean = () => true,
    late?: (outcome: CallOutcome<T>) => void,
  ) =>
    withRetry(
      () => callOnce<T>(name, data, late),
      (outcome) => isWorthRepeating(outcome) && isWanted(),
      wait,
      random,
    );

  const pending = createPendingLogouts(storage, now, ({ token, scope }, agoMs) =>
    callRepeatedly('logout', () => ({ sessionToken: token, scope, ...late(agoMs()) })),
  );

  const signIn = createSignIn(dependencies, {
    pending,
    held: () => held,
    state: () => state,
    logouts: () => logouts,
    login: (name, data, isWanted, late) =>
      // The code of a phone is good once.
      name === 'login-phone'
        ? callOnce(name, () => data, late)
        : callRepeatedly(name, () => data, isWanted, late),
    dispatch,
    hold,
  });

  /** The latest check that is under way: it reports what went wrong. */
  let checking: Promise<SessionState> | undefined;

  function checkAnew(): Promise<SessionState> {
    const isLatest = (): boolean => checking === own;
    const own = runCheck(isLatest).finally(() => {
      if (isLatest()) checking = undefined;
    });
    checking = own;
    return own;
  }

  async function runCheck(isLatest: () => boolean): Promise<SessionState> {
    if (held === undefined) return state;
    const { token } = held;
    const failed = failureOf(token);
    dispatch({ type: 'started', activity: 'check' });
    const data = { action: 'check', sessionToken: token };
    const outcome = await callRepeatedly<Checked>('session', () => data, isLatest);
    if (outcome.ok)
      return heldToken() === token ? hold({ token, session: outcome.session }) : state;
    if (isEndCode(outcome.code) || isLatest()) failed(outcome);
    // Still unknown: it is checked again later, if nothing else checks it before.
    watchHeld();
    return state;
  }

  // A sign-in that is under way tells more.
  const check = (): Promise<SessionState> => signIn.underWay() ?? checking ?? checkAnew();

  const callProtected = createProtectedCalls({
    holds: heldToken,
    account: () => held?.session.account,
    logouts: () => logouts,
    ends: () => ends,
    callOnce,
    callRepeatedly: (name, data) => callRepeatedly(name, data),
    failureOf,
    askToSignIn,
  });

  async function logoutOthers(): Promise<LogoutOutcome> {
    const askedAt = now();
    const data = () => ({ scope: 'others', ...late(now() - askedAt) });
    const outcome = await callProtected('logout', data, { idempotent: true });
    return outcome.ok ? { ok: true, pending: false } : outcome;
  }

  async function logout({ scope = 'this' }: { scope?: LogoutScope } = {}): Promise<LogoutOutcome> {
    if (scope === 'others') return logoutOthers();
    logouts += 1;
    const token = heldToken() ?? pending.lastToken();
    if (held !== undefined) pending.add(held.token, scope);
    drop({ type: 'ended' });
    await pending.send();
    return pending.outcomeOf(token);
  }

  let firstCheck: Promise<SessionState> | undefined;

  return {
    get state() {
      return state;
    },
    onChange: (listener) => listeners.add(listener),
    ready() {
      if (firstCheck === undefined) void pending.send();
      return (firstCheck ??= check());
    },
    login: signIn.login,
    check,
    isOverdue: () => held !== undefined && held.session.expiresAt <= now(),
    refresh() {
      void pending.send();
      const age = now() - checkedAt;
      return age >= 0 && age < RECENT_CHECK_MS ? Promise.resolve(state) : check();
    },
    appShown() {
      void pending.send();
      return check();
    },
    async networkReturned() {
      dispatch({ type: 'online' });
      const [next] = await Promise.all([
        signIn.underWay() ?? checkAnew(),
        // One that was under way may have met the network as it was.
        pending.send().then((isDone) => isDone || pending.send()),
      ]);
      return next;
    },
    logout,
    forget() {
      logouts += 1;
      drop({ type: 'ended' });
    },
    sendPendingLogouts: () => pending.send(),
    call: (name, data, options) => callProtected(name, () => data, options),
  };
}

/** What a sign-out adds to say how late it is. */
function late(askedAgoMs: number): { askedAgoMs?: number } {
  return askedAgoMs > SOON_MS ? { askedAgoMs } : {};
}
