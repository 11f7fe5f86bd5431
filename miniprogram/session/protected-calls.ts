/** Calls of protected functions: somebody who is not signed in is asked to, and it carries on. */
import type { CallFailure, CallOutcome } from './cloud-call';
import { onceAtATime } from './once-at-a-time';
import { isAboutWayIn, isEndCode, isErrorCode } from './replies';
import type { SignInReason } from './sign-in-prompt';

export interface CallOptions {
  /**
   * The call may be made twice without harm. It is then repeated when it gets no answer, and made
   * again by itself once the person has signed in, when it met the end of their session.
   */
  idempotent?: boolean;
  /**
   * Runs before the call is made again after a sign-in, with the code of the refusal. It may change
   * the data; if it rejects, so does the call.
   */
  beforeResume?: (code: string) => Promise<void>;
}

/** The person was asked to sign in and declined. */
export interface SignInDeclined {
  ok: false;
  code: 'SIGN_IN_DECLINED';
}

export type SessionCallOutcome<T extends object> =
  | CallOutcome<T>
  | SignInDeclined
  /**
   * The call met the end of the session: it was not carried out. `resume` asks to sign in, and
   * makes it again.
   */
  | (CallFailure & { resume: () => Promise<SessionCallOutcome<T>> });

const DECLINED: SignInDeclined = { ok: false, code: 'SIGN_IN_DECLINED' };

type Send = <T extends object>(name: string, data: () => object) => Promise<CallOutcome<T>>;

export interface ProtectedCallsDependencies {
  /** The token that this phone holds now. */
  holds: () => string | undefined;
  /** Whose session it is, where that is not the account of its own that this WeChat has. */
  account: () => string | undefined;
  /** How often the person has signed out here. */
  logouts: () => number;
  /** How often a session has ended here: by a sign-out, or by an answer of the cloud. */
  ends: () => number;
  callOnce: Send;
  callRepeatedly: Send;
  /**
   * Call it when a call begins; the function that it returns draws the consequences of a failure.
   */
  failureOf: (token: string) => (failure: CallFailure) => void;
  askToSignIn: (reason: SignInReason) => Promise<boolean>;
}

/** @param data asked for before each try */
export type CallProtected = <T extends object>(
  name: string,
  data: () => object,
  options?: CallOptions,
) => Promise<SessionCallOutcome<T>>;

export function createProtectedCalls(dependencies: ProtectedCallsDependencies): CallProtected {
  const { holds, account, logouts, ends, callOnce, callRepeatedly, failureOf, askToSignIn } =
    dependencies;

  const asked = async (reason: SignInReason): Promise<boolean> => {
    try {
      return await askToSignIn(reason);
    } catch (error) {
      console.warn('asking failed', error);
      return false;
    }
  };
  /** However many calls need the person to sign in, they are asked once. */
  const signedIn = onceAtATime(async () => holds() !== undefined || asked('needed'));
  const signedInAgain = onceAtATime(() => asked('again'));

  async function call<T extends object>(
    name: string,
    data: () => object,
    options: CallOptions = {},
    isAgain = false,
  ): Promise<SessionCallOutcome<T>> {
    const isSignedIn = await signedIn();
    const token = holds();
    if (!isSignedIn || token === undefined) return DECLINED;
    const logoutsBefore = logouts();
    const isOn = (): boolean => logouts() === logoutsBefore;
    const accountBefore = account();
    const endsBefore = ends();
    // A session that was not ended is only ever followed by one of the same account.
    const isSameAccount = (): boolean => ends() === endsBefore;
    const failed = failureOf(token);
    const send = options.idempotent === true ? callRepeatedly : callOnce;
    const outcome = await send<T>(name, () => ({ ...data(), sessionToken: token }));
    if (outcome.ok || isAboutCall(outcome)) return outcome;
    if (outcome.code === 'SESSION_NOT_FRESH') {
      if (isAgain) return outcome;
      // They may have signed in again already, for another call.
      const isFresh = holds() !== token || (await signedInAgain());
      if (!isSameAccount()) return outcome;
      return isFresh ? call<T>(name, data, options, true) : DECLINED;
    }
    failed(outcome);
    if (!isEndCode(outcome.code)) return outcome;
    // Not carried out: a protected function looks at the session before it does anything.
    const resume = async (): Promise<SessionCallOutcome<T>> => {
      await options.beforeResume?.(outcome.code);
      return call<T>(name, data, options);
    };
    // Made again by itself once the person signs in to the same account; otherwise they may resume
    // it. Somebody who has signed out meanwhile no longer wants it.
    const isWanted = options.idempotent === true && isOn() && (await signedIn()) && isOn();
    return isWanted && account() === accountBefore ? resume() : { ...outcome, resume };
  }

  return call;
}

/**
 * Says nothing about the session: a field was refused, e.g. somebody else's session id, or a way in;
 * or it is a refusal of the app's own function, which has codes of its own.
 */
function isAboutCall(failure: CallFailure): boolean {
  const { code, detail } = failure;
  if (code === 'NETWORK') return false;
  return detail?.field !== undefined || !isErrorCode(code) || isAboutWayIn(code);
}
