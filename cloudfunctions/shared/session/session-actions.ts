/** What a person can do with their sessions: decode the request, ask the domain, use the store, answer. */
import { personKey } from '../identity/person-key';
import type {
  CheckReply,
  Device,
  ListReply,
  LoginReply,
  LogoutReply,
  LogoutScope,
  Refusal,
  RevokeReply,
  SessionReply,
} from './contract';
import type { Call, SessionCall } from './function-entry';
import {
  everyId,
  findOwnSessions,
  openSession,
  ownToken,
  renewWhenDue,
  sessionOf,
  type ReadToken,
} from './open-session';
import { refuse } from './refusal';
import { decodeLogin, decodeLogout, decodeSessionRequest } from './request';
import { describeSession, isLive, issueSession, type ActiveSession, type Session } from './session';
import { SLOT_ATTEMPTS } from './session-policy';
import { chooseSlot, type SlotChoice } from './session-slot';
import type { Ending } from './session-store';
import {
  formatToken,
  hashAttempt,
  hashSecret,
  newSecret,
  publicSessionId,
  sessionId,
  sessionIds,
  type AttemptHash,
} from './session-token';

export async function logIn(call: Call): Promise<LoginReply> {
  const request = decodeLogin(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const retryAt = call.limitLogins?.(personKey(call.caller), call.now);
  if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });

  const { device, attempt } = request.value;
  const attemptHash = attempt === undefined ? undefined : hashAttempt(attempt);
  const secret = newSecret();
  const issue = (slot: number): ActiveSession => {
    const { caller, policy, now } = call;
    const start = { ...caller, id: sessionId(caller, slot), slot, device };
    const named = attemptHash === undefined ? {} : { attemptHash };
    return issueSession({ ...start, ...named, tokenHash: hashSecret(secret) }, policy, now);
  };
  const session =
    call.policy.sessionsPerUser === 1
      ? await putInSlot(call, issue(0))
      : await takeSlot(call, issue, request.value.sessionToken, attemptHash);
  call.concerns(publicSessionId(session.tokenHash));
  return {
    ok: true,
    sessionToken: formatToken(session.id, secret),
    session: describeSession(session, true),
  };
}

async function putInSlot(call: Call, session: ActiveSession): Promise<ActiveSession> {
  await call.store.put(session);
  return session;
}

/** Two sign-ins that choose the same slot at once must not both think that they have it: the second chooses again. */
async function takeSlot(
  call: Call,
  issue: (slot: number) => ActiveSession,
  heldToken: string | undefined,
  attemptHash: AttemptHash | undefined,
): Promise<ActiveSession> {
  const { store, caller, policy, now } = call;
  const ids = sessionIds(caller, policy.sessionsPerUser);
  const claim = {
    heldHash: heldToken === undefined ? undefined : ownToken(call, heldToken)?.hash,
    attemptHash,
  };
  const choose = async (): Promise<SlotChoice> =>
    chooseSlot(await store.findAll(ids), policy.sessionsPerUser, claim, now);

  let choice = await choose();
  for (let tries = 1; tries <= SLOT_ATTEMPTS; tries++) {
    const session = issue(choice.slot);
    if (await store.replace(session, choice.seen)) return session;
    choice = await choose();
  }
  return putInSlot(call, issue(choice.slot));
}

export async function logOut(call: Call): Promise<LogoutReply> {
  const request = decodeLogout(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { sessionToken, scope, askedAgoMs } = request.value;
  call.doing(scope);

  const token = ownToken(call, sessionToken);
  if (token !== undefined) call.concerns(publicSessionId(token.hash));
  if (scope !== 'this') return endSessions(call, token, scope, askedAgoMs);
  return token === undefined ? { ok: true, ended: 0 } : endSession(call, token);
}

/** The session of the token, however it stands: no slot, limit or clock keeps it. One database operation. */
export async function endSession(call: SessionCall, token: ReadToken): Promise<LogoutReply> {
  return { ok: true, ended: await call.store.remove(token.id, token.hash) };
}

/**
 * The sessions of the caller in every slot, in one operation: those that were issued before it was asked for, when that was a
 * while ago. Their token need not be good, nor be one: whoever calls is vouched for.
 */
async function endSessions(
  call: Call,
  token: ReadToken | undefined,
  scope: Exclude<LogoutScope, 'this'>,
  askedAgoMs: number,
): Promise<LogoutReply> {
  const ids = everyId(call.caller);
  // One read more, for the name of the device that asks. With one session a person there is nobody who would be told it.
  const own =
    token === undefined || call.policy.sessionsPerUser === 1
      ? undefined
      : sessionOf(await call.store.findAll(ids), token);
  return endAll(call, { ids, tokenHash: token?.hash, scope }, own?.device, askedAgoMs);
}

async function endAll(
  call: SessionCall,
  ending: Omit<Ending, 'issuedUntil'>,
  revokedBy: Device = { name: '', platform: '' },
  askedAgoMs = 0,
): Promise<LogoutReply> {
  // Asked just now: all of them, also one whose instance has a clock that is ahead.
  const issuedUntil =
    askedAgoMs === 0 ? undefined : new Date(Math.max(0, call.now.getTime() - askedAgoMs));
  const ended = await call.store.revokeAll(
    issuedUntil === undefined ? ending : { ...ending, issuedUntil },
    { revokedAt: call.now, revokedBy },
  );
  return { ok: true, ended };
}

export async function session(call: Call): Promise<SessionReply> {
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
  // Somebody else's id is not among this person's sessions, exactly like one that never was, or one whose slot has been taken since.
  const target = sessions.find(({ tokenHash }) => publicSessionId(tokenHash) === targetId);
  if (target === undefined) return missingTarget();
  call.concerns(publicSessionId(target.tokenHash));
  const revocation = { revokedAt: call.now, revokedBy: current.device };
  return { ok: true, ended: await call.store.revoke(target.id, target.tokenHash, revocation) };
}

/** `field` tells it from the caller's own session being missing, which would sign the phone out. */
function missingTarget(): Refusal {
  return refuse('SESSION_MISSING', { field: 'sessionId' });
}

/**
 * The same for a person who is known by a session that was opened already, as over HTTP. The caller is the owner of that session.
 */
export const actionsOf = (current: ActiveSession) => ({
  /** One database operation when the session is due for renewal. */
  async check(call: Call): Promise<CheckReply> {
    const renewed = await renewWhenDue(call, current);
    return renewed.ok ? { ok: true, session: describeSession(renewed.session, true) } : renewed;
  },
  async list(call: Call): Promise<ListReply> {
    return describeSessions(call, await call.store.findAll(everyId(call.caller)), current);
  },
  async revoke(call: Call, targetId: string): Promise<RevokeReply> {
    return revoke(call, await call.store.findAll(everyId(call.caller)), current, targetId);
  },
  endAll(
    call: Call,
    scope: Exclude<LogoutScope, 'this'>,
    askedAgoMs: number,
  ): Promise<LogoutReply> {
    const ending = { ids: everyId(call.caller), tokenHash: current.tokenHash, scope };
    return endAll(call, ending, current.device, askedAgoMs);
  },
});
