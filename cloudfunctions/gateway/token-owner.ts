/** Over HTTP nobody vouches for a caller: the person is who the session of the token belongs to. */
import type { Caller } from '../shared/session/caller';
import { verifySession, type ActiveSession, type SessionLimit } from '../shared/session/session';
import type { SessionStore } from '../shared/session/session-store';
import { hashSecret, parseToken } from '../shared/session/session-token';

export interface TokenOwner {
  caller: Caller;
  session: ActiveSession;
  /** Answers the read that was made already, once. */
  store: SessionStore;
}

/** `undefined` for a token that opens no session now. One database operation. */
export async function ownerOf(
  token: string,
  store: SessionStore,
  limit: SessionLimit,
  now: Date,
): Promise<TokenOwner | undefined> {
  const parsed = parseToken(token);
  if (parsed === undefined) return undefined;
  const found = await store.find(parsed.id);
  const verified = verifySession(found, hashSecret(parsed.secret), limit, now);
  if (!verified.ok) return undefined;
  const { session } = verified;
  let isFresh = true;
  return {
    caller: { openid: session.openid, appid: session.appid },
    session,
    store: {
      ...store,
      find: (id) => {
        const again = isFresh && id === session.id;
        isFresh = false;
        return again ? Promise.resolve(session) : store.find(id);
      },
    },
  };
}
