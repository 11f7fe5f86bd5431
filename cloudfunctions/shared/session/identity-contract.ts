/**
 * The function `identity`: the ways into the person's account. Types only, and it can be copied
 * with `contract.ts` alone.
 */
import type { Device, IdentityKind, Reply, SessionErrorCode } from './contract';

/** A way into an account. */
export interface Identity {
  /** Not a secret: it opens nothing. */
  id: string;
  kind: IdentityKind;
  /**
   * For the owner's eyes: `138****5678`, `l***n`; of WeChat or QQ the device that linked it, maybe
   * empty.
   */
  label: string;
  /** When it was linked, epoch milliseconds. */
  createdAt: number;
  /** Whether the session of this call came in by it. */
  current: boolean;
}

export interface ListIdentitiesRequest {
  action: 'list';
  sessionToken: string;
}
/** The oldest first. */
export type ListIdentitiesReply = Reply<{ identities: Identity[] }>;

/**
 * An account has at most 20 ways in; one more is `INVALID_INPUT` of `action`. All of these need a session that was signed in within the last ten minutes, else
 * `SESSION_NOT_FRESH`.
 */
export type LinkRequest = { sessionToken: string } & (
  | {
      action: 'link-phone';
      /** From `bindgetphonenumber`: good once, for five minutes. */
      code: string;
    }
  /** Links the WeChat that calls. */
  | { action: 'link-wechat' }
  | {
      action: 'set-password';
      /** 2 to 64 characters, none of them invisible; upper and lower case are the same. */
      name: string;
      /** 8 to 128 characters. Takes the place of an earlier one, also under another name. */
      password: string;
    }
);
/** What is linked already is answered as if it had just been. */
export type LinkReply = Reply<{ identity: Identity }>;

export interface UnlinkRequest {
  action: 'unlink';
  sessionToken: string;
  /** `Identity.id`. */
  identityId: string;
}
/** How many sessions ended: those that came in by it, which may be the one of this call. */
export type UnlinkReply = Reply<{ ended: number }>;

export interface HistoryRequest {
  action: 'history';
  sessionToken: string;
}

/** One sign-in to the account, or one that was refused. */
export interface SignInRecord {
  /** Epoch milliseconds. */
  at: number;
  kind: IdentityKind;
  device: Device;
  /** Why it was refused; absent: it was not. */
  refused?: SessionErrorCode;
}
/** The latest first. `NOT_OFFERED` where the deployment keeps none (`SIGN_IN_HISTORY`). */
export type HistoryReply = Reply<{ signIns: SignInRecord[] }>;

export type IdentityReply = ListIdentitiesReply | LinkReply | UnlinkReply | HistoryReply;
