/** From a token in a request to the session that it opens. */
import type { Refusal } from './contract';
import type { Call } from './function-entry';
import { refuse } from './refusal';
import { renewal, verifySession, type ActiveSession, type Session } from './session';
import { StoreUnavailableError } from './session-store';
import {
  hashSecret,
  parseToken,
  sessionIds,
  type SessionId,
  type TokenHash,
} from './session-token';

interface OwnToken {
  id: SessionId;
  hash: TokenHash;
}

/**
 * The token, if it can be one of the caller's. The id is derived from the identity, so a token that was stolen from
 * somebody else is turned away here, before the database is asked.
 */
export function ownToken({ caller, policy }: Call, text: string): OwnToken | undefined {
  const token = parseToken(text);
  if (token === undefined) return undefined;
  if (!sessionIds(caller, policy.sessionsPerUser).includes(token.id)) return undefined;
  return { id: token.id, hash: hashSecret(token.secret) };
}

/** The session of this token, renewed when it is due. One database operation, two when it is renewed. */
export async function openSession(
  call: Call,
  sessionToken: string,
): Promise<{ ok: true; session: ActiveSession } | Refusal> {
  const token = ownToken(call, sessionToken);
  if (token === undefined) return refuse('SESSION_MISSING');
  call.concerns(token.id);
  const verified = verify(call, await call.store.find(token.id), token);
  if (!verified.ok) return verified;

  const renewed = renewal(verified.session, call.policy, call.now);
  if (renewed === undefined) return verified;
  try {
    if (await call.store.renew(token.id, token.hash, renewed)) {
      return { ok: true, session: { ...verified.session, ...renewed } };
    }
  } catch (error) {
    // The session is known to be good. That it could not be extended is no reason to keep the person out.
    if (!(error instanceof StoreUnavailableError)) throw error;
    call.report(error);
    return verified;
  }
  // It ended between the read and the write: say why.
  return verify(call, await call.store.find(token.id), token);
}

/** All sessions of the caller, ended ones included, if the token opens one of them. One database operation. */
export async function findOwnSessions(
  call: Call,
  sessionToken: string,
): Promise<{ ok: true; current: ActiveSession; sessions: readonly Session[] } | Refusal> {
  const token = ownToken(call, sessionToken);
  if (token === undefined) return refuse('SESSION_MISSING');
  call.concerns(token.id);
  const sessions = await call.store.findAll(sessionIds(call.caller, call.policy.sessionsPerUser));
  const verified = verify(
    call,
    sessions.find(({ id }) => id === token.id),
    token,
  );
  return verified.ok ? { ok: true, current: verified.session, sessions } : verified;
}

function verify(
  call: Call,
  session: Session | undefined,
  token: OwnToken,
): { ok: true; session: ActiveSession } | Refusal {
  const verified = verifySession(session, token.hash, call.now);
  return verified.ok ? verified : refuse(verified.code, verified.detail);
}
