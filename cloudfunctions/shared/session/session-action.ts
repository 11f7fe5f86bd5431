/**
 * What `session` does: checks the session of a token, lists those of its person, ends one of them.
 */
import type {
  CheckReply,
  ListReply,
  LogoutReply,
  LogoutScope,
  Refusal,
  RevokeReply,
  SessionReply,
} from './contract';
import type { Call, SessionCall } from './function-entry';
import { endAll } from './logout-action';
import { everyId, findOwnSessions, openSession, renewWhenDue } from './open-session';
import { refuse } from './refusal';
import { decodeSessionRequest } from './request';
import { accountOf, describeSession, isLive, type ActiveSession, type Session } from './session';
import { publicSessionId } from './session-token';

export async function sessionAction(call: Call): Promise<SessionReply> {
  const request = decodeSessionRequest(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { action, sessionToken } = request.value;
  call.doing(action);
  if (action === 'check') return check(call, sessionToken);
  const own = await findOwnSessions(call, sessionToken);
  if (!own.ok) return own;
  return action === 'list'
    ? describeSessions(call, own.sessions, own.current)
    : revoke(call, own.sessions, own.current, request.value.sessionId);
}

async function check(call: Call, sessionToken: string): Promise<CheckReply> {
  const opened = await openSession(call, sessionToken);
  return opened.ok ? { ok: true, session: describeSession(opened.session, true) } : opened;
}

function describeSessions(
  { policy, now }: SessionCall,
  sessions: readonly Session[],
  current: ActiveSession,
): ListReply {
  const described = sessions
    .filter((session) => isLive(session, policy, now))
    .map((session) => describeSession(session, session.tokenHash === current.tokenHash))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.renewedAt - a.renewedAt);
  return { ok: true, sessions: described };
}

async function revoke(
  call: Call,
  sessions: readonly Session[],
  current: ActiveSession,
  targetId: string,
): Promise<RevokeReply> {
  // Somebody else's id is not among this person's sessions: just like one that never existed, or
  // whose slot has been taken since.
  const target = sessions.find(({ tokenHash }) => publicSessionId(tokenHash) === targetId);
  if (target === undefined) return missingTarget();
  call.concerns(publicSessionId(target.tokenHash));
  const revocation = { revokedAt: call.now, revokedBy: current.device };
  return { ok: true, ended: await call.store.revoke(target.id, target.tokenHash, revocation) };
}

/**
 * `field` distinguishes it from a missing session of the caller, which would sign the phone out.
 */
function missingTarget(): Refusal {
  return refuse('SESSION_MISSING', { field: 'sessionId' });
}

/**
 * The same actions for a session that has been opened already, as over HTTP. The caller is its
 * owner.
 */
export function actionsOf(current: ActiveSession) {
  const account = accountOf(current);
  return {
    /** One database operation when the session is due for renewal, else none. */
    async check(call: Call): Promise<CheckReply> {
      const renewed = await renewWhenDue(call, current);
      return renewed.ok ? { ok: true, session: describeSession(renewed.session, true) } : renewed;
    },
    async list(call: Call): Promise<ListReply> {
      return describeSessions(call, await call.store.findAll(everyId(account)), current);
    },
    async revoke(call: Call, targetId: string): Promise<RevokeReply> {
      return revoke(call, await call.store.findAll(everyId(account)), current, targetId);
    },
    endAll(
      call: Call,
      scope: Exclude<LogoutScope, 'this'>,
      askedAgoMs: number,
    ): Promise<LogoutReply> {
      const ending = { ids: everyId(account), tokenHash: current.tokenHash, scope };
      return endAll(call, ending, current.device, askedAgoMs);
    },
  };
}
