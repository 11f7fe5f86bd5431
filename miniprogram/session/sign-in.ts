/** Signing in: one at a time, once however often the reply is lost, and not against a sign-out. */
import type { Device, SessionContract } from '#functions/session-contract';
import { problemOf, type CallOutcome } from './cloud-call';
import type { PendingLogouts } from './pending-logouts';
import type { SessionClientDependencies, SignInWay } from './session-client-contract';
import type { SessionEvent, SessionState } from './session-state';
import type { HeldSession } from './session-storage';
import type { ReplyOf } from './typed-call';

type SignedIn = ReplyOf<SessionContract['login']>;

export interface ClientOfSignIn {
  pending: PendingLogouts;
  held: () => HeldSession | undefined;
  state: () => SessionState;
  /** How often the person has signed out here. */
  logouts: () => number;
  /**
   * Calls the function, again while it gets no answer and is wanted. `late`: what is answered after
   * that.
   */
  login: (
    name: string,
    data: object,
    isWanted: () => boolean,
    late: (outcome: CallOutcome<SignedIn>) => void,
  ) => Promise<CallOutcome<SignedIn>>;
  dispatch: (event: SessionEvent) => SessionState;
  hold: (next: HeldSession) => SessionState;
}

export interface SignIn {
  readonly login: (way?: SignInWay) => Promise<SessionState>;
  readonly underWay: () => Promise<SessionState> | undefined;
}

export function createSignIn(
  { storage, device, newAttempt = randomAttempt }: SessionClientDependencies,
  client: ClientOfSignIn,
): SignIn {
  const { pending, held, state, logouts, dispatch, hold } = client;

  /**
   * Kept while it is unknown whether the sign-in took place: the same one again takes the place
   * that it had.
   */
  let attempt = storage.attempt();
  /** Numbers the sign-ins, so that a late answer can tell whether another has begun. */
  let logins = 0;

  function setAttempt(next: string): void {
    attempt = next;
    storage.setAttempt(next);
  }

  /** The last sign-in that was asked for and is under way, unless a sign-out has overtaken it. */
  let signingIn: { logouts: number; way: string; done: Promise<SessionState> } | undefined;

  function login(asked?: SignInWay): Promise<SessionState> {
    const way = JSON.stringify({ ...asked });
    const logoutsBefore = logouts();
    const before = signingIn?.logouts === logoutsBefore ? signingIn : undefined;
    if (before?.way === way) return before.done;
    const run = (): Promise<SessionState> => signIn(logoutsBefore, asked);
    const own = { logouts: logoutsBefore, way, done: before?.done.then(run) ?? run() };
    signingIn = own;
    void own.done.finally(() => {
      if (signingIn === own) signingIn = undefined;
    });
    return own.done;
  }

  async function signIn(logoutsBefore: number, way?: SignInWay): Promise<SessionState> {
    // They signed out while it waited for another one.
    if (logouts() !== logoutsBefore) return state();
    const number = (logins += 1);
    const isLatest = (): boolean => logins === number;
    const isOn = (): boolean => isLatest() && logouts() === logoutsBefore;
    dispatch({ type: 'started', activity: 'login' });
    const everywhere = pending.everywhere();
    if (everywhere !== undefined) {
      // It could end what begins now.
      await everywhere;
      if (!isOn()) return state();
    }
    setAttempt(attempt || newAttempt());
    pending.beginAnew();
    // The token only names the place to take. Until the cloud has heard of a sign-out its session
    // has one, and no other device should lose its own.
    const token = held()?.token;
    const { kind, ...proof } = { kind: '', ...way };
    const data = {
      ...proof,
      device: ownDevice(),
      attempt,
      sessionToken: token ?? pending.placeOf(),
      ...(token !== undefined && { again: true }),
    };

    function settle(outcome: CallOutcome<SignedIn>, isAwaited: boolean): void {
      const isWanted = isAwaited && isOn();
      if (!outcome.ok) {
        if (isWanted) dispatch(problemOf(outcome));
        return;
      }
      if (isLatest()) setAttempt('');
      const { sessionToken, session } = outcome;
      const next = { token: sessionToken, session };
      if (isWanted || hasTakenPlace(next, held())) hold(next);
      else {
        // Nobody waits for it any more, and nobody is signed in without asking.
        pending.add(sessionToken, 'this');
        void pending.send();
      }
    }

    const late = (outcome: CallOutcome<SignedIn>): void => settle(outcome, false);
    settle(await client.login(kind ? `login-${kind}` : 'login', data, isOn, late), true);
    return state();
  }

  /** A device that cannot be read keeps nobody from signing in. */
  function ownDevice(): Device {
    try {
      return device();
    } catch (error) {
      console.warn('the device failed', error);
      return { name: '', platform: '' };
    }
  }

  return { login, underWay: () => signingIn?.done };
}

/**
 * One that was carried out after its repetition, or after what it was to renew, has taken the place
 * of that. Another way in may have led into another account, which has places of its own: a token
 * names its place before the dot.
 */
function hasTakenPlace(next: HeldSession, before: HeldSession | undefined): boolean {
  const placeOf = ({ token }: HeldSession): string | undefined => token.split('.')[0];
  return (
    before !== undefined &&
    next.session.createdAt > before.session.createdAt &&
    placeOf(next) === placeOf(before)
  );
}

/** Tells attempts of one person apart, and is no secret: nobody else can use it. */
function randomAttempt(): string {
  return `${Math.random()}${Math.random()}`.replace(/\D/g, '').padEnd(16, '0');
}
