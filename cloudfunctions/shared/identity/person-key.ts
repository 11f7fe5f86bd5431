import { createHash } from 'node:crypto';

/** The person that something belongs to, as WeChat identifies them. */
export interface Owner {
  openid: string;
  appid: string;
}

/**
 * Names what is kept about one person, as the id of a document or a folder of files. Derived from
 * the identity that WeChat vouches for: there is no query in which to name somebody else, and it
 * gives away no OPENID.
 */
export function personKey({ openid, appid }: Owner): string {
  return createHash('sha256').update(`${appid}:${openid}`).digest('base64url');
}
