/** A way into an account, and what may be decided about it without asking a database. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { newAccount, ownAccount, type AccountId, type Owner } from './account';

declare const brand: unique symbol;
export type IdentityId = string & { readonly [brand]: 'IdentityId' };

/** As in the contract. */
export type IdentityKind = 'wechat' | 'qq' | 'phone' | 'password';

export interface StoredIdentity {
  id: IdentityId;
  kind: IdentityKind;
  /** The account that it leads into. */
  account: AccountId;
  /**
   * Of a WeChat or QQ that was unlinked from the account that it had founded: the account that is
   * its own since, because others may be in the first. Absent: `ownAccount`.
   */
  home?: AccountId;
  /** For the owner's eyes: masked. */
  label: string;
  /** When it was linked. */
  createdAt: Date;
  /** The public id of the session that linked it, or relied on it last when linking another. */
  linkedIn: string;
  /** Of a password: PHC text. */
  passwordHash?: string;
  /** Another one after each change, so that a change can tell whether it has seen the latest. */
  revision: string;
}

/**
 * Uniqueness is in the key space: there is one document for each subject, so nothing can lead into
 * two accounts.
 */
export function identityId(kind: 'wechat' | 'qq' | 'password', subject: string): IdentityId {
  return createHash('sha256').update(`${kind}:${subject}`).digest('base64url') as IdentityId;
}

/**
 * Keyed, because a bare hash of eleven digits is no secret: all of them can be tried in seconds.
 *
 * @param number E.164
 */
export function phoneIdentityId(number: string, key: string): IdentityId {
  return createHmac('sha256', key).update(`phone:${number}`).digest('base64url') as IdentityId;
}

export function ownIdentityId(caller: Owner, kind: 'wechat' | 'qq' = 'wechat'): IdentityId {
  return identityId(kind, ownAccount(caller));
}

export function newRevision(): string {
  return randomBytes(12).toString('base64url');
}

/** One document that is to change, if it still is as it was seen. */
export interface IdentityChange {
  id: IdentityId;
  /** The revision that was seen; `undefined`: there was none. */
  seen: string | undefined;
  /** Without its revision, which is a new one; `undefined`: remove it. */
  next: Omit<StoredIdentity, 'revision'> | undefined;
}

/** Writes it as it is, so that of two changes which rely on it and on each other, one fails. */
export function rewritten(identity: StoredIdentity, linkedIn: string): IdentityChange {
  return { id: identity.id, seen: identity.revision, next: { ...identity, linkedIn } };
}

/** Whether a WeChat or QQ is in the account that is its own when it is linked nowhere. */
export function isAtHome({ id, kind, account, home }: Omit<StoredIdentity, 'revision'>): boolean {
  if (kind !== 'wechat' && kind !== 'qq') return false;
  // The key of an account that was founded is the subject of who founded it.
  return home === undefined ? identityId(kind, account) === id : home === account;
}

/**
 * What becomes of an identity that leaves its account. A WeChat can always sign in, so it gets
 * another account: its own, or a new one if it leaves that to others.
 */
export function withoutAccount(identity: StoredIdentity, now: Date): IdentityChange {
  const { id, kind, home, revision: seen } = identity;
  const isPerson = kind === 'wechat' || kind === 'qq';
  if (!isPerson || (home === undefined && !isAtHome(identity)))
    return { id, seen, next: undefined };
  const account = isAtHome(identity) ? newAccount() : home;
  if (account === undefined) throw new Error('unreachable: it is not at home, and has none');
  return { id, seen, next: { ...identity, account, home: account, createdAt: now } };
}

/**
 * What becomes of it when everything in its account is deleted, and nobody else is left there;
 * `undefined`: nothing.
 */
export function afterDeletion(identity: StoredIdentity, now: Date): IdentityChange | undefined {
  if (!isAtHome(identity)) return withoutAccount(identity, now);
  const { id, revision: seen, home } = identity;
  // Without a document its account would be the one that it founded, where others may be.
  return home === undefined ? { id, seen, next: undefined } : undefined;
}
