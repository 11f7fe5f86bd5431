/**
 * What crosses the wire between the mini program and the functions. Types only, so that importing
 * this file costs the mini program no bytes; it imports nothing, so that it can be copied alone.
 *
 * Every function answers `Ok<T>` or `Refusal`; it throws only on a bug. Times are epoch
 * milliseconds.
 */

/**
 * Why a call was refused. Programs branch on the code; people read the message.
 *
 * - `NO_IDENTITY`: the call carries no OPENID that WeChat vouches for. Not the person's mistake:
 *   the call did not come from a mini program. Do not retry.
 * - `INVALID_INPUT`: `detail.field` names the field that has the wrong shape. Nothing was read or
 *   written. Fix the call.
 * - `SESSION_MISSING`: no such session for this person. Sign in again.
 * - `SESSION_EXPIRED`: the session was not used for too long, or reached its absolute end. Sign
 *   in again.
 * - `SESSION_REPLACED`: a later sign-in took this session's place; `detail` says when and on
 *   which device.
 * - `SESSION_REVOKED`: the person ended this session from elsewhere; `detail` says when and from
 *   which device.
 * - `SESSION_NOT_FRESH`: the session is good, but this needs a sign-in of the last few minutes.
 *   Sign in again and repeat the call; the session stays as it is.
 * - `IDENTITY_TAKEN`: this way in belongs to another account than the one that is meant. Nothing was
 *   joined or taken over. Use another way in, or unlink it there first.
 * - `IDENTITY_UNKNOWN`: there is no such way in, or the password is wrong: which of them is not
 *   told. With `detail.field`, the identity to unlink is meant.
 * - `LAST_IDENTITY`: it is the only way into the account, which nobody could use without it.
 * - `NOT_OFFERED`: this deployment does not have this way in (`SIGN_IN_METHODS`), or, over HTTP,
 *   not here. Offer another one.
 * - `ACCOUNT_BLOCKED`: the operator has blocked the account, or the app's own rule lets nobody in.
 * - `TOO_MANY_ATTEMPTS`: this person did this too often; `detail.retryAt` says when the same call
 *   may be made again.
 * - `UNAVAILABLE`: the database failed or timed out. Nothing is known about the session: keep it
 *   and retry.
 * - `INTERNAL`: a bug in the function; its log has the cause. Keep the session.
 */
export type SessionErrorCode =
  | 'NO_IDENTITY'
  | 'INVALID_INPUT'
  | 'SESSION_MISSING'
  | 'SESSION_EXPIRED'
  | 'SESSION_REPLACED'
  | 'SESSION_REVOKED'
  | 'SESSION_NOT_FRESH'
  | 'IDENTITY_TAKEN'
  | 'IDENTITY_UNKNOWN'
  | 'LAST_IDENTITY'
  | 'NOT_OFFERED'
  | 'ACCOUNT_BLOCKED'
  | 'TOO_MANY_ATTEMPTS'
  | 'UNAVAILABLE'
  | 'INTERNAL';

export type Ok<T extends object> = { ok: true } & T;

/** What a refusal adds to its code; absent when there is nothing to add. */
export interface RefusalDetail {
  /**
   * The field of `data` that was wrong or names what does not exist; `data` itself when it is not
   * an object.
   */
  field?: string;
  /** `INVALID_INPUT` of a new password, or of the code that a web page shows: why it is not accepted. */
  reason?: PasswordProblem | UserCodeProblem;
  /** `SESSION_REPLACED`, `SESSION_REVOKED`: when it happened, epoch milliseconds. */
  endedAt?: number;
  /** `SESSION_REPLACED`: the device that signed in. `SESSION_REVOKED`: the device that ended it. */
  device?: Device;
  /** `TOO_MANY_ATTEMPTS`: when it may be tried again, epoch milliseconds. */
  retryAt?: number;
}

/**
 * `short`, `long`: less than 8 or more than 128 characters. `common`: it is among those that are
 * tried first. `name`: it is made of the account name.
 */
export type PasswordProblem = 'short' | 'long' | 'common' | 'name';

/**
 * `unknown`: no page shows this code, or not any more. `expired`: it was shown too long ago. `used`:
 * it was approved or denied before.
 */
export type UserCodeProblem = 'unknown' | 'expired' | 'used';

export interface Refusal {
  ok: false;
  code: SessionErrorCode;
  /** For the person holding the phone, in Chinese. Not for programs: branch on `code`. */
  message: string;
  /** Whether the same call may succeed a little later, unchanged. */
  retryable: boolean;
  detail?: RefusalDetail;
}

export type Reply<T extends object> = Ok<T> | Refusal;

/**
 * A device as its owner recognises it, e.g. `{ name: 'iPhone 15', platform: 'ios' }`. Either may be
 * empty.
 */
export interface Device {
  name: string;
  platform: string;
}

/** A web site, or another app without WeChat, in which people sign in by their phone. */
export interface Site {
  /** Its `client_id` over HTTP, e.g. `shop`. */
  id: string;
  /** As people know it, e.g. `小店`. */
  name: string;
}

export interface SessionInfo {
  /** Names this one session and none that takes its place later. Not a secret: it opens nothing. */
  id: string;
  device: Device;
  /** When the person signed in, epoch milliseconds. */
  createdAt: number;
  /** When the session was issued or last renewed, epoch milliseconds. */
  renewedAt: number;
  /** When it ends unless it is used before, epoch milliseconds. */
  expiresAt: number;
  /** When it ends however much it is used, epoch milliseconds. */
  absoluteExpiresAt: number;
  /** Whether it is the session of the token the call carried. */
  current: boolean;
  /**
   * Whose session it is, where that is not the account of its own that the calling WeChat has: the
   * same for each of that account. It opens nothing.
   */
  account?: string;
  /** How the person signed in; absent: by the WeChat that called. */
  signedInBy?: Exclude<IdentityKind, 'wechat'>;
  /**
   * Of a web session: the site that a phone let in. Its `device` is the browser, `platform` the
   * system below it. Absent: a phone's own session.
   */
  site?: Site;
}

/** What a way in is. */
export type IdentityKind = 'wechat' | 'qq' | 'phone' | 'password';

export interface LoginRequest {
  device?: Partial<Device>;
  /** A token that this device still holds, only to say whose place to take. It need not be good. */
  sessionToken?: string;
  /**
   * Names this attempt to sign in: random, 16 to 64 characters of base64url, new for each sign-in,
   * the same when a sign-in is sent again because no reply came. A repeated attempt takes the place
   * that it took before, so that lost replies push nobody out.
   */
  attempt?: string;
  /**
   * The person is signed in by `sessionToken`, and signs in again for what they want to do: a way
   * in that leads into another account is refused with `IDENTITY_TAKEN`. Default: false.
   */
  again?: boolean;
}
export type LoginReply = Reply<{
  /** `<session id>.<secret>`. The only time the secret leaves the function. */
  sessionToken: string;
  session: SessionInfo;
}>;

/** `login-phone`. It answers as `login`. */
export interface LoginPhoneRequest extends LoginRequest {
  /** From `bindgetphonenumber`: good once, for five minutes. */
  code: string;
}

/** `login-password`. It answers as `login`. */
export interface LoginPasswordRequest extends LoginRequest {
  /** 2 to 64 characters; upper and lower case are the same. */
  name: string;
  /** At most 128 characters. */
  password: string;
}

export interface LogoutRequest {
  sessionToken: string;
  /**
   * `this` (the default) ends the session of the token, `others` all but that one, `everywhere`
   * all. By `callFunction` WeChat vouches for the person, so the last two act for them whatever the
   * token is worth; over HTTP they need a good one.
   */
  scope?: LogoutScope;
  /**
   * How long ago the person asked, in milliseconds, for a sign-out that is sent late: sessions
   * issued since then stay, but for those of web pages that had been approved before. Default: 0.
   */
  askedAgoMs?: number;
}
export type LogoutScope = 'this' | 'others' | 'everywhere';
/**
 * `ended` counts the sessions that this call ended, including any that had just expired. With scope
 * `this` an unknown token is `0`, not an error (RFC 7009, section 2.2).
 */
export type LogoutReply = Reply<{ ended: number }>;

export interface CheckRequest {
  action: 'check';
  sessionToken: string;
}
export type CheckReply = Reply<{ session: SessionInfo }>;

export interface ListRequest {
  action: 'list';
  sessionToken: string;
}
/** Every session of the person that is live: the one of this call first, then by last use. */
export type ListReply = Reply<{ sessions: SessionInfo[] }>;

export interface RevokeRequest {
  action: 'revoke';
  sessionToken: string;
  /** `SessionInfo.id` of the session to end. */
  sessionId: string;
}
/**
 * `ended` is 0 when the session had ended already. An id that is not one of the person's sessions
 * is `SESSION_MISSING` with `detail.field` set to `sessionId`; without that field,
 * `SESSION_MISSING` is about the session that makes the call.
 */
export type RevokeReply = Reply<{ ended: number }>;

export type SessionRequest = CheckRequest | ListRequest | RevokeRequest;
export type SessionReply = CheckReply | ListReply | RevokeReply;

/** What `sweep` answers its timer. It refuses everybody else with `NO_IDENTITY`. */
export type SweepReply = Reply<{
  /** How many expired sessions this run removed. */
  removed: number;
  /** Whether none was left; if not, the next run goes on. */
  complete: boolean;
}>;
