/** What a person can do with sessions: decode the request, ask the domain, use the store, answer. */
import type { CheckReply, LoginReply, LogoutReply } from './contract';
import type { Caller } from './caller';
import { refuse } from './refusal';
import { decodeLogin, decodeLogout, decodeSessionRequest } from './request';
import { describeSession, issueSession, verifySession } from './session';
import type { SessionPolicy } from './session-policy';
import type { SessionStore } from './session-store';
import {
  formatToken,
  hashSecret,
  newSecret,
  parseToken,
  sessionId,
  type SessionId,
  type TokenHash,
} from './session-token';

export interface Call {
  event: unknown;
  caller: Caller;
  now: Date;
  store: SessionStore;
  policy: SessionPolicy;
  /** Tells the log which session the call is about. */
  concerns: (id: SessionId) => void;
}

const FIRST_SLOT = 0;

export async function logIn(call: Call): Promise<LoginReply> {
  const { caller, now, store, policy } = call;
  const request = decodeLogin(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });

  const id = sessionId(caller, FIRST_SLOT);
  call.concerns(id);
  const secret = newSecret();
  const { device } = request.value;
  const start = { ...caller, id, slot: FIRST_SLOT, tokenHash: hashSecret(secret), device };
  const session = issueSession(start, policy, now);
  await store.put(session);
  return {
    ok: true,
    sessionToken: formatToken(id, secret),
    session: describeSession(session, true),
  };
}

export async function logOut(call: Call): Promise<LogoutReply> {
  const request = decodeLogout(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });

  const token = ownToken(call, request.value.sessionToken);
  return { ok: true, ended: token ? await call.store.remove(token.id, token.hash) : 0 };
}

export async function session(call: Call): Promise<CheckReply> {
  const request = decodeSessionRequest(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });

  const token = ownToken(call, request.value.sessionToken);
  if (token === undefined) return refuse('SESSION_MISSING');
  const verified = verifySession(await call.store.find(token.id), token.hash, call.now);
  if (!verified.ok) return refuse(verified.code, verified.detail);
  return { ok: true, session: describeSession(verified.session, true) };
}

/**
 * The token, if it can be one of the caller's. The id is derived from the identity, so a token that was stolen from
 * somebody else is turned away here, before the database is asked.
 */
function ownToken(call: Call, text: string): { id: SessionId; hash: TokenHash } | undefined {
  const token = parseToken(text);
  if (token === undefined || !ownsId(call, token.id)) return undefined;
  call.concerns(token.id);
  return { id: token.id, hash: hashSecret(token.secret) };
}

function ownsId({ caller, policy }: Call, id: SessionId): boolean {
  return Array.from({ length: policy.sessionsPerUser }, (_, slot) =>
    sessionId(caller, slot),
  ).includes(id);
}
