/** Signing in: one at a time, once however often the reply is lost, and not against a sign-out. */
import type { Contract, Device } from '#functions/contract';
import { problemOf, type CallOutcome } from './cloud-call';
import type { PendingLogouts } from './pending-logouts';
import type { SessionClientDependencies } from './session-client-contract';
import type { SessionEvent, SessionState } from './session-state';
import type { HeldSession } from './session-storage';
import type { ReplyOf } from './typed-call';

type SignedIn = ReplyOf<Contract['login']>;

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
    data: object,
    isWanted: () => boolean,
    late: (outcome: CallOutcome<SignedIn>) => void,
  ) => Promise<CallOutcome<SignedIn>>;
  dispatch: (event: SessionEvent) => SessionState;
  hold: (next: HeldSession) => SessionState;
}

export interface SignIn {
  /** Signs in. Everybody who asks while a sign-in is under way shares it. */
  readonly login: () => Promise<SessionState>;
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

  /** The sign-in that is under way, unless a sign-out has overtaken it. */
  let signingIn: { logouts: number; done: Promise<SessionState> } | undefined;

  function login(): Promise<SessionState> {
    if (signingIn?.logouts !== logouts()) {
      const own = { logouts: logouts(), done: signIn() };
      signingIn = own;
      void own.done.finally(() => {
        if (signingIn === own) signingIn = undefined;
      });
    }
    return signingIn.done;
  }

  async function signIn(): Promise<SessionState> {
    const logoutsBefore = logouts();
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
    const data = { device: ownDevice(), attempt, sessionToken: held()?.token ?? pending.placeOf() };

    function settle(outcome: CallOutcome<SignedIn>, isAwaited: boolean): void {
      const isWanted = isAwaited && isOn();
      if (!outcome.ok) {
        if (isWanted) dispatch(problemOf(outcome));
        return;
      }
      if (isLatest()) setAttempt('');
      const { sessionToken: token, session } = outcome;
      // One that was carried out after its repetition, or after what it was to renew, has taken the
      // place of that.
      const before = held();
      const isInPlace = before !== undefined && session.createdAt > before.session.createdAt;
      if (isWanted || isInPlace) hold({ token, session });
      else {
        // Nobody waits for it any more, and nobody is signed in without asking.
        pending.add(token, 'this');
        void pending.send();
      }
    }

    const late = (outcome: CallOutcome<SignedIn>): void => settle(outcome, false);
    settle(await client.login(data, isOn, late), true);
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

/** Tells attempts of one person apart, and is no secret: nobody else can use it. */
function randomAttempt(): string {
  return `${Math.random()}${Math.random()}`.replace(/\D/g, '').padEnd(16, '0');
}
