/**
 * A web page's request to be signed in by a phone (RFC 8628, device authorization grant), and what
 * may be decided about it without asking a database.
 *
 * `pending` becomes `approved` or `denied`, `approved` becomes `redeemed`; nothing goes back.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Device, Site, UserCodeProblem } from '../session/contract';
import type { SessionId, TokenHash } from '../session/session-token';
import { newUserCode, type UserCode } from './user-code';

declare const brand: unique symbol;
export type DeviceGrantId = string & { readonly [brand]: 'DeviceGrantId' };
export type DeviceSecretHash = string & { readonly [brand]: 'DeviceSecretHash' };

interface DeviceGrantBase {
  /** Derived from the user code: a phone finds it by that, the page by its device code. */
  id: DeviceGrantId;
  secretHash: DeviceSecretHash;
  site: Site;
  device: Device;
  createdAt: Date;
  expiresAt: Date;
}

/**
 * Who let the page in: the page gets a session only while theirs is good. It names nobody, so that
 * nothing of a person is left here when their account is deleted.
 */
export interface Approval {
  approvedBy: { sessionId: SessionId; tokenHash: TokenHash };
}

export type DeviceGrant = DeviceGrantBase &
  (
    | { state: 'pending' }
    | { state: 'denied' }
    | ({ state: 'approved' } & Approval)
    | ({ state: 'redeemed' } & Approval)
  );

export type ApprovedGrant = Extract<DeviceGrant, { state: 'approved' }>;

/**
 * How long a code is good, in milliseconds: time to take out a phone and open the mini program, and
 * little for somebody who wants to talk another person into approving it. An approval begins it
 * anew, so that one of the last second is not lost.
 */
export const GRANT_LIFETIME_MS = 5 * 60_000;

/** 256 random bits as base64url, after the id and a dot. */
const DEVICE_CODE = /^([\w-]{43})\.([\w-]{43})$/;

export interface NewGrant {
  grant: DeviceGrant;
  userCode: UserCode;
  /** For the page alone: it gets the session with it. Only its hash is kept. */
  deviceCode: string;
}

export function newDeviceGrant(site: Site, device: Device, now: Date): NewGrant {
  const userCode = newUserCode();
  const id = deviceGrantId(userCode);
  const secret = randomBytes(32).toString('base64url');
  const grant: DeviceGrant = {
    id,
    secretHash: hashDeviceSecret(secret),
    site,
    device,
    state: 'pending',
    createdAt: now,
    expiresAt: new Date(now.getTime() + GRANT_LIFETIME_MS),
  };
  return { grant, userCode, deviceCode: `${id}.${secret}` };
}

export function deviceGrantId(code: UserCode): DeviceGrantId {
  return sha256(code) as DeviceGrantId;
}

/** `undefined` for a code that was never issued. */
export function readDeviceCode(
  code: string,
): { id: DeviceGrantId; secretHash: DeviceSecretHash } | undefined {
  const [, id, secret] = DEVICE_CODE.exec(code) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return { id: id as DeviceGrantId, secretHash: hashDeviceSecret(secret) };
}

/** In constant time. */
export function isSecretOf({ secretHash }: DeviceGrant, given: DeviceSecretHash): boolean {
  const [left, right] = [Buffer.from(secretHash), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** An approval begins the time of the request anew. */
export function approvedAt({ expiresAt }: ApprovedGrant): Date {
  return new Date(expiresAt.getTime() - GRANT_LIFETIME_MS);
}

export function isOver({ expiresAt }: DeviceGrant, now: Date): boolean {
  return now >= expiresAt;
}

/** Why the code is of no use to a phone; `undefined`: it waits for somebody to decide. */
export function problemWith(
  grant: DeviceGrant | undefined,
  now: Date,
): UserCodeProblem | undefined {
  if (grant === undefined) return 'unknown';
  if (grant.state !== 'pending') return 'used';
  return isOver(grant, now) ? 'expired' : undefined;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

const hashDeviceSecret = (secret: string): DeviceSecretHash =>
  sha256(`device:${secret}`) as DeviceSecretHash;
