/**
 * Your app's own rule for who may sign in, for every way in: only people who were invited, say, or
 * none while the shop is closed. Return it from here, and every function that signs in asks it.
 */
import type { AccountId } from '../identity/account';
import type { Caller } from '../identity/caller';
import type { Device, IdentityKind } from './contract';

export interface SignInAttempt {
  /** The account that would be entered; `personKey(account)` names its documents. */
  account: AccountId;
  /** Who calls: WeChat, or the provider behind the gateway, vouches for it. Empty: nobody does. */
  caller: Caller;
  kind: IdentityKind;
  device: Device;
  now: Date;
}

/**
 * Resolves to whether they may. `false` answers `ACCOUNT_BLOCKED`, what it throws `INTERNAL`, or
 * `UNAVAILABLE` when it was the SDK that threw: then nobody is signed in either.
 */
export type MayLogIn = (attempt: SignInAttempt) => Promise<boolean>;

/** Everybody may. */
export const mayLogIn: MayLogIn | undefined = undefined;
