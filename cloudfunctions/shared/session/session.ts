/**
 * The decisions about sessions as pure functions: what a sign-in writes, and whether a stored
 * session is good. No clock, no database, no SDK; `now` is passed in.
 */
import { ownAccount, personKey, type AccountId, type Owner } from '../identity/account';
import type { IdentityId } from '../identity/identity';
import type {
  Device,
  IdentityKind,
  RefusalDetail,
  SessionErrorCode,
  SessionInfo,
  Site,
} from './contract';
import { lifetimesOf, type SessionPolicy } from './session-policy';
import {
  hashesEqual,
  publicSessionId,
  type AttemptHash,
  type PublicSessionId,
  type SessionId,
  type TokenHash,
} from './session-token';

/**
 * What a sign-in decides about its session; the policy and the clock decide the rest. OPENID and
 * APPID are of who may use its token by `callFunction`; empty: nobody.
 */
export interface SessionStart extends Owner {
  id: SessionId;
  /** Whose it is. Absent: of the account that is their own. */
  account?: AccountId;
  /** The way in. Absent: the WeChat that may use it. */
  identity?: IdentityId;
  /** What that is. */
  signedInBy?: Exclude<IdentityKind, 'wechat'>;
  /** Present when the mini program is bound to a WeChat Open Platform account. */
  unionid?: string;
  /** A web session: the site that has its token. Its slot is one of those for web sessions. */
  client?: Site;
  /** Of a web session: the session in which a person approved it. */
  approvedIn?: PublicSessionId;
  /** Of a web session: when that was. The page comes for it later. */
  approvedAt?: Date;
  slot: number;
  tokenHash: TokenHash;
  /** Of the attempt to sign in that issued it, if the client named one. */
  attemptHash?: AttemptHash;
  device: Device;
}

interface SessionBase extends SessionStart {
  createdAt: Date;
  renewedAt: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
}

export type Session =
  | (SessionBase & { state: 'active' })
  | (SessionBase & { state: 'revoked'; revokedAt: Date; revokedBy: Device });

export type ActiveSession = Extract<Session, { state: 'active' }>;

/** Why a token opens no session. */
export interface SessionEnded {
  code: Extract<
    SessionErrorCode,
    'SESSION_MISSING' | 'SESSION_EXPIRED' | 'SESSION_REPLACED' | 'SESSION_REVOKED'
  >;
  detail?: RefusalDetail;
}

/** A new session, as it is stored. */
export function issueSession(start: SessionStart, policy: SessionPolicy, now: Date): ActiveSession {
  const { idleLifetimeMs, absoluteLifetimeMs } = lifetimesOf(start, policy);
  const absoluteExpiresAt = later(now, absoluteLifetimeMs);
  return {
    ...start,
    state: 'active',
    createdAt: now,
    renewedAt: now,
    expiresAt: earlier(later(now, idleLifetimeMs), absoluteExpiresAt),
    absoluteExpiresAt,
  };
}

/** The part of the policy that says which slots hold live sessions. */
export type SessionLimit = Pick<SessionPolicy, 'sessionsPerUser' | 'webSessionsPerUser'>;

/** Whether the holder of this secret may use this session now. */
export function verifySession(
  session: Session | undefined,
  tokenHash: TokenHash,
  limit: SessionLimit,
  now: Date,
): { ok: true; session: ActiveSession } | ({ ok: false } & SessionEnded) {
  if (session === undefined) return { ok: false, code: 'SESSION_MISSING' };
  if (!hashesEqual(session.tokenHash, tokenHash)) {
    // The slot holds a later sign-in of the same person: only that overwrites a session.
    const detail = { endedAt: session.createdAt.getTime(), device: session.device };
    return { ok: false, code: 'SESSION_REPLACED', detail };
  }
  if (session.state === 'revoked') {
    const detail = { endedAt: session.revokedAt.getTime(), device: session.revokedBy };
    return { ok: false, code: 'SESSION_REVOKED', detail };
  }
  if (isBeyondLimit(session, limit)) return { ok: false, code: 'SESSION_MISSING' };
  return hasExpired(session, now) ? { ok: false, code: 'SESSION_EXPIRED' } : { ok: true, session };
}

/** Whether the token of this session would be accepted now. */
export function isLive(session: Session, limit: SessionLimit, now: Date): boolean {
  return session.state === 'active' && !isBeyondLimit(session, limit) && !hasExpired(session, now);
}

/** Issued while a person could hold more sessions than now. */
function isBeyondLimit({ slot, client }: Session, limit: SessionLimit): boolean {
  return slot >= (client === undefined ? limit.sessionsPerUser : limit.webSessionsPerUser);
}

export function hasExpired({ expiresAt, absoluteExpiresAt }: Session, now: Date): boolean {
  return now >= expiresAt || now >= absoluteExpiresAt;
}

/** Whether the sign-in is so recent that the same person still holds the phone. */
export function isFresh({ createdAt }: Session, withinMs: number, now: Date): boolean {
  return now.getTime() - createdAt.getTime() <= withinMs;
}

/** Whose session it is. */
export function accountOf(session: Session): AccountId {
  return session.account ?? ownAccount(session);
}

/** Whether the caller may use its token by `callFunction`, which no web page can call. */
export function isUsableBy({ openid, appid, client }: Session, caller: Owner): boolean {
  return (
    client === undefined && openid !== '' && openid === caller.openid && appid === caller.appid
  );
}

/**
 * The new times of a session that is due for renewal, `undefined` when it is not: at most once in
 * `renewAfterMs` of its lifetimes, and never past the absolute end.
 */
export function renewal(
  session: ActiveSession,
  policy: SessionPolicy,
  now: Date,
): { renewedAt: Date; expiresAt: Date } | undefined {
  const { idleLifetimeMs, renewAfterMs } = lifetimesOf(session, policy);
  if (now < later(session.renewedAt, renewAfterMs)) return undefined;
  const expiresAt = earlier(later(now, idleLifetimeMs), session.absoluteExpiresAt);
  return { renewedAt: now, expiresAt };
}

/**
 * What the owner of a session may see of it: everything but the hash, the slot and the identity.
 */
export function describeSession(session: Session, current: boolean): SessionInfo {
  return {
    id: publicSessionId(session.tokenHash),
    device: session.device,
    createdAt: session.createdAt.getTime(),
    renewedAt: session.renewedAt.getTime(),
    expiresAt: session.expiresAt.getTime(),
    absoluteExpiresAt: session.absoluteExpiresAt.getTime(),
    current,
    ...(session.account !== undefined && { account: personKey(session.account) }),
    ...(session.signedInBy !== undefined && { signedInBy: session.signedInBy }),
    ...(session.client !== undefined && { site: session.client }),
  };
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
