import { createHash } from 'node:crypto';

/**
 * Names what is kept about one person, as the id of a document or a folder of files. Derived from the identity that WeChat
 * vouches for: there is no query in which to name somebody else, and it tells nobody the OPENID.
 */
export function personKey({ openid, appid }: { openid: string; appid: string }): string {
  return createHash('sha256').update(`${appid}:${openid}`).digest('base64url');
}
