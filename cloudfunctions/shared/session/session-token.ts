/**
 * A session token is `<session id>.<secret>`.
 *
 * The id finds the document with one read by key and is no secret. The secret is 256 random bits
 * that leave the function once, in the reply to the login; the database holds only their SHA-256. A
 * plain hash is enough, where a password would need a slow one: 256 random bits cannot be guessed
 * from their hash. So a copy of the database opens no session.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccountId } from '../identity/account';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type SessionId = Branded<'SessionId'>;
export type TokenSecret = Branded<'TokenSecret'>;
export type TokenHash = Branded<'TokenHash'>;
export type SessionToken = Branded<'SessionToken'>;
export type PublicSessionId = Branded<'PublicSessionId'>;
export type AttemptHash = Branded<'AttemptHash'>;

const SECRET_BYTES = 32;
/** 32 bytes as base64url, for the id as well as for the secret. */
const TOKEN_FORMAT = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('base64url');

/**
 * The id of an account's session in a slot. Everything that may exist for an account is known from
 * its key alone, which is why no index, no list and no transaction is needed to keep the limit.
 *
 * @param slot 0 .. MAX_SESSIONS_PER_USER - 1
 */
export function sessionId(account: AccountId, slot: number): SessionId {
  return sha256(`${account}:${slot}`) as SessionId;
}

/** Web sessions have slots of their own, so that a web page takes no phone's place. */
export function webSessionId(account: AccountId, slot: number): SessionId {
  return sha256(`${account}:web:${slot}`) as SessionId;
}

/** The ids of an account's first slots for web sessions. */
export function webSessionIds(account: AccountId, slots: number): SessionId[] {
  return Array.from({ length: slots }, (_, slot) => webSessionId(account, slot));
}

/** The ids of an account's first slots. */
export function sessionIds(account: AccountId, slots: number): SessionId[] {
  return Array.from({ length: slots }, (_, slot) => sessionId(account, slot));
}

export function newSecret(): TokenSecret {
  return randomBytes(SECRET_BYTES).toString('base64url') as TokenSecret;
}

export function formatToken(id: SessionId, secret: TokenSecret): SessionToken {
  return `${id}.${secret}` as SessionToken;
}

/** `undefined` for a string that no login ever issued. */
export function parseToken(token: string): { id: SessionId; secret: TokenSecret } | undefined {
  const [, id, secret] = TOKEN_FORMAT.exec(token) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  return { id: id as SessionId, secret: secret as TokenSecret };
}

export function hashSecret(secret: TokenSecret): TokenHash {
  return sha256(secret) as TokenHash;
}

/**
 * What is shown and compared as the id of a session: it names the one session of this token, where
 * the id of its document names a slot that others take later. It is a hash of the stored hash, so
 * it reveals nothing about that one either.
 */
export function publicSessionId(hash: TokenHash): PublicSessionId {
  return sha256(`session:${hash}`) as PublicSessionId;
}

/** An attempt to sign in as it is stored: a copy of the database can't repeat one. */
export function hashAttempt(attempt: string): AttemptHash {
  return sha256(`attempt:${attempt}`) as AttemptHash;
}

/** In constant time, so that the time an answer takes tells nothing about a stored hash. */
export function hashesEqual(a: TokenHash, b: TokenHash): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
