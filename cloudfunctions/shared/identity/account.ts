/**
 * An account: whose data it is. Its key is all there is of it; no document says that it exists.
 */
import { createHash, randomBytes } from 'node:crypto';

declare const brand: unique symbol;

/**
 * `appid:openid` for an account that one WeChat founded by signing in, else random characters
 * without a colon. No secret.
 */
export type AccountId = string & { readonly [brand]: 'AccountId' };

/** A person as WeChat, or QQ, identifies them. */
export interface Owner {
  openid: string;
  appid: string;
}

/** The account of somebody who has linked nothing: nothing has to be read to know it. */
export function ownAccount({ openid, appid }: Owner): AccountId {
  return `${appid}:${openid}` as AccountId;
}

/** An account that nobody has been in. */
export function newAccount(): AccountId {
  return randomBytes(24).toString('base64url') as AccountId;
}

/** Who founded it, unless it got its key at random. */
export function founderOf(account: AccountId): Owner | undefined {
  const colon = account.indexOf(':');
  if (colon < 0) return undefined;
  return { appid: account.slice(0, colon), openid: account.slice(colon + 1) };
}

/**
 * Names what is kept about one person, as the id of a document or a folder of files. It gives away
 * no OPENID.
 */
export function personKey(account: AccountId): string {
  return createHash('sha256').update(account).digest('base64url');
}
