/** What a person can do with their sessions: decode the request, ask the domain, use the store, answer. */
import type {
  CheckReply,
  ListReply,
  LoginReply,
  LogoutReply,
  Refusal,
  RevokeReply,
  SessionReply,
} from './contract';
import type { Call } from './function-entry';
import { findOwnSessions, openSession, ownToken } from './open-session';
import { refuse } from './refusal';
import { decodeLogin, decodeLogout, decodeSessionRequest } from './request';
import { describeSession, isLive, issueSession, type ActiveSession } from './session';
import { SLOT_ATTEMPTS } from './session-policy';
import { chooseSlot, type SlotChoice } from './session-slot';
import { formatToken, hashSecret, newSecret, sessionId, sessionIds } from './session-token';

export async function logIn(call: Call): Promise<LoginReply> {
  const request = decodeLogin(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { device, sessionToken } = request.value;

  const secret = newSecret();
  const issue = (slot: number): ActiveSession => {
    const start = { ...call.caller, id: sessionId(call.caller, slot), slot, device };
    return issueSession({ ...start, tokenHash: hashSecret(secret) }, call.policy, call.now);
  };
  const session =
    call.policy.sessionsPerUser === 1
      ? await putInSlot(call, issue(0))
      : await takeSlot(call, issue, sessionToken);
  call.concerns(session.id);
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
): Promise<ActiveSession> {
  const { store, caller, policy, now } = call;
  const ids = sessionIds(caller, policy.sessionsPerUser);
  const heldHash = heldToken === undefined ? undefined : ownToken(call, heldToken)?.hash;
  const choose = async (): Promise<SlotChoice> =>
    chooseSlot(await store.findAll(ids), policy.sessionsPerUser, heldHash, now);

  let choice = await choose();
  for (let attempt = 1; attempt <= SLOT_ATTEMPTS; attempt++) {
    const session = issue(choice.slot);
    if (await store.replace(session, choice.seen)) return session;
    choice = await choose();
  }
  return putInSlot(call, issue(choice.slot));
}

export async function logOut(call: Call): Promise<LogoutReply> {
  const request = decodeLogout(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { sessionToken, scope } = request.value;

  const token = ownToken(call, sessionToken);
  if (token === undefined) return { ok: true, ended: 0 };
  call.concerns(token.id);
  const { store, now, policy } = call;
  if (scope === 'this' || policy.sessionsPerUser === 1) {
    // With one session a person, everywhere is here, and there are no others.
    const ended = scope === 'others' ? 0 : await store.remove(token.id, token.hash, now);
    return { ok: true, ended };
  }
  // A token that is not good ends nothing, here as for scope `this`.
  const own = await findOwnSessions(call, sessionToken);
  if (!own.ok) return { ok: true, ended: 0 };
  const ids = sessionIds(call.caller, policy.sessionsPerUser).filter(
    (id) => scope === 'everywhere' || id !== token.id,
  );
  const ended = await store.revokeAll(ids, { revokedAt: now, revokedBy: own.current.device });
  return { ok: true, ended };
}

export async function session(call: Call): Promise<SessionReply> {
  const request = decodeSessionRequest(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { sessionToken } = request.value;
  call.doing(request.value.action);
  switch (request.value.action) {
    case 'check':
      return check(call, sessionToken);
    case 'list':
      return list(call, sessionToken);
    case 'revoke':
      return revoke(call, sessionToken, request.value.sessionId);
  }
}

async function check(call: Call, sessionToken: string): Promise<CheckReply> {
  const opened = await openSession(call, sessionToken);
  return opened.ok ? { ok: true, session: describeSession(opened.session, true) } : opened;
}

async function list(call: Call, sessionToken: string): Promise<ListReply> {
  const own = await findOwnSessions(call, sessionToken);
  if (!own.ok) return own;
  const sessions = own.sessions
    .filter((session) => isLive(session, call.now))
    .map((session) => describeSession(session, session.id === own.current.id))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.renewedAt - a.renewedAt);
  return { ok: true, sessions };
}

async function revoke(call: Call, sessionToken: string, targetId: string): Promise<RevokeReply> {
  const own = await findOwnSessions(call, sessionToken);
  if (!own.ok) return own;
  // Somebody else's id is not among this person's sessions, exactly like one that never was.
  const target = own.sessions.find((session) => session.id === targetId);
  if (target === undefined) return missingTarget();
  call.concerns(target.id);
  const revocation = { revokedAt: call.now, revokedBy: own.current.device };
  return { ok: true, ended: await call.store.revoke(target.id, target.tokenHash, revocation) };
}

/** `field` tells it from the caller's own session being missing, which would sign the phone out. */
function missingTarget(): Refusal {
  return refuse('SESSION_MISSING', { field: 'sessionId' });
}
