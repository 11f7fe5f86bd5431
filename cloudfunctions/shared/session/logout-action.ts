/** What `logout` does: ends the session of a token, or the sessions of the caller. */
import type { Device, LogoutReply, LogoutScope } from './contract';
import type { Call, SessionCall } from './function-entry';
import { everyId, ownToken, sessionOf, type ReadToken } from './open-session';
import { refuse } from './refusal';
import { decodeLogout } from './request';
import type { Ending } from './session-store';
import { publicSessionId } from './session-token';

export async function logoutAction(call: Call): Promise<LogoutReply> {
  const request = decodeLogout(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { sessionToken, scope, askedAgoMs } = request.value;
  call.doing(scope);

  const token = ownToken(call, sessionToken);
  if (token !== undefined) call.concerns(publicSessionId(token.hash));
  if (scope !== 'this') return endSessions(call, token, scope, askedAgoMs);
  return token === undefined ? { ok: true, ended: 0 } : endSession(call, token);
}

/**
 * Ends the session of the token in whatever state it is: no slot, limit or clock keeps it. One
 * database operation.
 */
export async function endSession(call: SessionCall, token: ReadToken): Promise<LogoutReply> {
  return { ok: true, ended: await call.store.remove(token.id, token.hash) };
}

/**
 * Ends the sessions of the caller in every slot, in one operation: if the person asked a while ago,
 * those that were issued until then. The token need not be good, nor be a token: WeChat vouches for
 * the caller.
 */
async function endSessions(
  call: Call,
  token: ReadToken | undefined,
  scope: Exclude<LogoutScope, 'this'>,
  askedAgoMs: number,
): Promise<LogoutReply> {
  const ids = everyId(call.caller);
  // One more read, for the name of the device that asks. With one session a person there is nobody
  // to tell it to.
  const own =
    token === undefined || call.policy.sessionsPerUser === 1
      ? undefined
      : sessionOf(await call.store.findAll(ids), token);
  return endAll(call, { ids, tokenHash: token?.hash, scope }, own?.device, askedAgoMs);
}

export async function endAll(
  call: SessionCall,
  ending: Omit<Ending, 'issuedUntil'>,
  revokedBy: Device = { name: '', platform: '' },
  askedAgoMs = 0,
): Promise<LogoutReply> {
  // Asked just now: all of them, also one that was issued by an instance whose clock is ahead.
  const issuedUntil =
    askedAgoMs === 0 ? undefined : new Date(Math.max(0, call.now.getTime() - askedAgoMs));
  const ended = await call.store.revokeAll(
    issuedUntil === undefined ? ending : { ...ending, issuedUntil },
    { revokedAt: call.now, revokedBy },
  );
  return { ok: true, ended };
}
