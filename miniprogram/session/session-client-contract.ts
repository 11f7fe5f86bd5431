/** What the session client offers to pages, and what it needs from the phone. */
import type { Device, LogoutScope } from '#functions/session-contract';
import type { After, CallFailure, CallFunction } from './cloud-call';
import type { Functions } from './functions';
import type { SignInDeclined } from './protected-calls';
import type { SessionState } from './session-state';
import type { SessionStorage } from './session-storage';
import type { SignInReason } from './sign-in-prompt';
import type { Call } from './typed-call';

export interface SessionClientDependencies {
  callFunction: CallFunction;
  storage: SessionStorage;
  device: () => Device;
  wait: (ms: number) => Promise<void>;
  /** 0 (inclusive) to 1 (exclusive). */
  random: () => number;
  /** By this phone's clock, epoch milliseconds. */
  now?: () => number;
  after?: After;
  /** Asks the person to sign in, and resolves to whether they did. Without it, nobody is asked. */
  askToSignIn?: (reason: SignInReason) => Promise<boolean>;
  /** A unique name for an attempt to sign in: 16 to 64 characters of base64url. */
  newAttempt?: () => string;
}

/** How the person proves who they are. */
export type SignInWay =
  /** `code` is what `bindgetphonenumber` gave: good once, for five minutes. */
  { kind: 'phone'; code: string } | { kind: 'password'; name: string; password: string };

export type LogoutOutcome =
  /** `pending`: this phone is signed out, and the cloud will be told once it can be reached. */
  { ok: true; pending: boolean } | CallFailure | SignInDeclined;

/** @typeParam Known the functions that `call` knows */
export interface SessionClient<Known = Functions> {
  readonly state: SessionState;
  /** Calls the listener after each change. Returns how to stop. */
  onChange(listener: (state: SessionState) => void): () => void;
  /**
   * Resolves once the session that this phone held at the start was checked, or could not be.
   * Checks once, however often it is called.
   */
  ready(): Promise<SessionState>;
  /**
   * Signs in, by WeChat unless another way is given; somebody who is signed in, into the same
   * account only (`IDENTITY_TAKEN`). Everybody who asks for the same way while that is under way
   * shares it; another way waits for its end. Why it failed is in `state.problem`. A lost answer to
   * a phone's code is not asked for again: the code is used up, and the person needs a new one.
   */
  login(way?: SignInWay): Promise<SessionState>;
  /** Asks the cloud whether the session is still good, unless that is being asked already. */
  check(): Promise<SessionState>;
  /** Whether the session has expired by this phone's clock, which alone ends nothing. */
  isOverdue(): boolean;
  /** For a page that is shown: checks, unless that was done a moment ago. */
  refresh(): Promise<SessionState>;
  /** The mini program came to the foreground: checks, as much may have changed meanwhile. */
  appShown(): Promise<SessionState>;
  /** Checks anew, whatever is still waiting for an answer that was lost. */
  networkReturned(): Promise<SessionState>;
  /**
   * Scopes `this` (the default) and `everywhere` sign this phone out at once, also offline; the
   * cloud is told now or as soon as it can be reached. Scope `others` needs the cloud, and leaves
   * this phone signed in.
   */
  logout(options?: { scope?: LogoutScope }): Promise<LogoutOutcome>;
  /** Signs this phone out because the cloud has ended every session already. */
  forget(): void;
  /**
   * Tells the cloud about the sign-outs that it could not be told of before, and resolves to
   * whether none is left. No app needs to call it: it happens at the start, whenever the mini
   * program or a page is shown, when the network returns, and with the next sign-out.
   */
  sendPendingLogouts(): Promise<boolean>;
  /**
   * Calls a protected function. Somebody who is not signed in is asked to, first; somebody who
   * signed in too long ago for what they want to do is asked to do so again, and it carries on.
   */
  readonly call: Call<Known>;
}
