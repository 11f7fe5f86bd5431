/**
 * What every deployed function does around its action: identify the caller, run the action, turn a
 * failure into one opaque code, write the log line. An entry adds the SDK and the clock.
 */
import type { BlockedAccounts } from '../account/blocked-accounts';
import type { SignInHistory } from '../account/sign-in-history';
import type { ExpiringDocuments } from '../database/expiring-documents';
import type { RateLimit } from '../counters/rate-limit';
import { ownAccount, type AccountId } from '../identity/account';
import { isTimer, readCaller, type Caller, type CallOrigin } from '../identity/caller';
import { noIdentities, type IdentityStore } from '../identity/identity-store';
import { authLogLine, type AuthLogEntry } from './auth-log';
import type { Refusal, Reply } from './contract';
import { refuse } from './refusal';
import type { MayLogIn } from './may-log-in';
import { hasSeveralWaysIn, type SessionPolicy } from './session-policy';
import { StoreUnavailableError, type SessionStore } from './session-store';
import type { PublicSessionId } from './session-token';

/** What a function uses of the running cloud. */
export interface FunctionEnvironment {
  getWXContext: () => CallOrigin['wxContext'];
  store: SessionStore;
  policy: SessionPolicy;
  now: () => Date;
  log: (line: string) => void;
  /** How often one person may sign in on this instance. */
  limitLogins?: RateLimit;
  /** Needed where there is more than one way in. */
  identities?: IdentityStore;
  /** Needed where policy lets operators block accounts. */
  blockedAccounts?: BlockedAccounts;
  /** Needed where policy keeps a record of sign-ins. */
  history?: SignInHistory;
  /** The app's own rule. */
  mayLogIn?: MayLogIn | undefined;
  /** What the sweep removes besides sessions. */
  expiring?: readonly ExpiringDocuments[];
  /** Runs at the start of each call. */
  begin?: () => void;
}

/** What an action on sessions needs. */
export interface SessionCall {
  store: SessionStore;
  policy: SessionPolicy;
  /** When the call began. */
  now: Date;
  /** The current time: a call may have waited for the database. */
  clock: () => Date;
  /** Logs a failure that did not stop the call. */
  report: (error: unknown) => void;
}

/** What an action may use, and what it may tell the log. */
interface CallBase extends SessionCall {
  event: unknown;
  limitLogins?: RateLimit | undefined;
  identities: IdentityStore;
  blockedAccounts?: BlockedAccounts | undefined;
  history?: SignInHistory | undefined;
  mayLogIn?: MayLogIn | undefined;
  expiring: readonly ExpiringDocuments[];
  /** Which of the function's actions this is. */
  doing: (action: string) => void;
  /** Which session the call is about, by its public id. */
  concerns: (sessionId: PublicSessionId) => void;
  /** Whose data the call is about, if that is not the caller's own account. */
  isAbout: (account: AccountId) => void;
}

export interface Call extends CallBase {
  caller: Caller;
}

/** A call by the cloud's timer, which is nobody. */
export type TimerCall = CallBase;

export type CloudFunction<R extends Reply<object>> = (
  event: unknown,
  context?: unknown,
) => Promise<R | Refusal>;

/** A function for people: refuses a call without an identity that WeChat vouches for. */
export function functionEntry<R extends Reply<object>>(
  name: string,
  environment: FunctionEnvironment,
  action: (call: Call) => Promise<R>,
): CloudFunction<R> {
  return entry(name, environment, (call, origin, about) => {
    const caller = readCaller(origin, environment.policy.trustedSources);
    if (caller === undefined) return undefined;
    about.account = ownAccount(caller);
    return action({ ...call, caller });
  });
}

/** A call that is anonymous until the action has found out whose it is. */
export interface OpenCall extends CallBase {
  isBy: (caller: Caller) => Call;
}

/**
 * A function whose action finds out who calls, by something other than WeChat's word. Failures and
 * log line are the same. The gateway knows people by a code that a provider exchanged, or by the
 * session of their token.
 */
export function openEntry<R extends Reply<object>>(
  name: string,
  environment: Omit<FunctionEnvironment, 'getWXContext'>,
  action: (call: OpenCall) => Promise<R>,
): CloudFunction<R> {
  const nobody = { ...environment, getWXContext: () => ({}) };
  return entry(name, nobody, (call, _origin, about) => {
    const isBy = (caller: Caller): Call => {
      if (caller.openid !== '') about.account = ownAccount(caller);
      return { ...call, caller };
    };
    return action({ ...call, isBy });
  });
}

/** A function for the cloud's timer only. */
export function timerEntry<R extends Reply<object>>(
  name: string,
  environment: FunctionEnvironment,
  action: (call: TimerCall) => Promise<R>,
): CloudFunction<R> {
  return entry(name, environment, (call, origin) => (isTimer(origin) ? action(call) : undefined));
}

type About = Pick<AuthLogEntry, 'action' | 'account' | 'sessionId' | 'error'>;

function entry<R extends Reply<object>>(
  name: string,
  environment: FunctionEnvironment,
  run: (call: CallBase, origin: CallOrigin, about: About) => Promise<R> | undefined,
): CloudFunction<R> {
  const { store, policy, log, identities = noIdentities, expiring = [] } = environment;
  const { limitLogins, blockedAccounts, history, mayLogIn } = environment;
  if (hasSeveralWaysIn(policy) && identities === noIdentities) {
    throw new Error('several ways in need a store of identities');
  }
  return async (event, context) => {
    environment.begin?.();
    const now = environment.now();
    const about: About = {};
    const call: CallBase = {
      event,
      now,
      clock: environment.now,
      store,
      policy,
      limitLogins,
      identities,
      blockedAccounts,
      history,
      mayLogIn,
      expiring,
      doing: (action) => void (about.action = action),
      concerns: (sessionId) => void (about.sessionId = sessionId),
      isAbout: (account) => void (about.account = account),
      report: (error) => void (about.error = error),
    };
    let reply: R | Refusal;
    try {
      const origin = { wxContext: environment.getWXContext(), context };
      reply = (await run(call, origin, about)) ?? refuse('NO_IDENTITY');
    } catch (error) {
      about.error = error;
      reply = refuse(isOutage(error) ? 'UNAVAILABLE' : 'INTERNAL');
    }
    const durationMs = environment.now().getTime() - now.getTime();
    log(authLogLine({ event: name, reply, durationMs, counts: countsOf(reply), ...about }));
    return reply;
  };
}

/**
 * The cloud failed, not the code: the store says so itself, and the SDK's errors carry an
 * `errCode`.
 */
function isOutage(error: unknown): boolean {
  if (error instanceof StoreUnavailableError) return true;
  return typeof error === 'object' && error !== null && 'errCode' in error;
}

/** The counts in the contract's replies, and nothing else of what a function answers. */
function countsOf(reply: object): Record<string, number | boolean> {
  const names = ['ended', 'removed', 'complete', 'active', 'filesLeft', 'approved', 'denied'];
  const counted = names.map((name) => [name, Reflect.get(reply, name)] as const);
  return Object.fromEntries(
    counted.filter((pair): pair is [string, number | boolean] =>
      ['number', 'boolean'].includes(typeof pair[1]),
    ),
  );
}
