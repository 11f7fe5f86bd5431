/** From the token in a request to the session that it opens. */
import { ownAccount, type AccountId } from '../identity/account';
import { ownIdentityId } from '../identity/identity';
import type { Refusal } from './contract';
import type { Call, SessionCall } from './function-entry';
import { refuse } from './refusal';
import {
  accountOf,
  isUsableBy,
  renewal,
  verifySession,
  type ActiveSession,
  type Session,
  type SessionLimit,
} from './session';
import { hasSeveralWaysIn, MAX_SESSIONS_PER_USER } from './session-policy';
import { StoreUnavailableError } from './session-store';
import {
  hashSecret,
  hashesEqual,
  parseToken,
  publicSessionId,
  sessionIds,
  webSessionIds,
  type SessionId,
  type TokenHash,
} from './session-token';

export interface ReadToken {
  id: SessionId;
  hash: TokenHash;
}

export type Opened = { ok: true; session: ActiveSession } | Refusal;

/** `undefined` for a string that no sign-in ever issued. */
export function readToken(text: string): ReadToken | undefined {
  const token = parseToken(text);
  return token && { id: token.id, hash: hashSecret(token.secret) };
}

/**
 * Every id that a session of the account can have, whatever the limit is here, was before, or is in
 * another function.
 */
export function everyId(account: AccountId): SessionId[] {
  return [
    ...sessionIds(account, MAX_SESSIONS_PER_USER),
    ...webSessionIds(account, MAX_SESSIONS_PER_USER),
  ];
}

/** Whether a session with this id is one of the account, which needs no database. */
export function isOf(account: AccountId, id: SessionId): boolean {
  return everyId(account).includes(id);
}

/**
 * The token, if it can be one of the caller's. With one way in, the id is derived from the identity
 * of the caller, so a token that was stolen from somebody else is turned away here, before the
 * database is asked; with several, the session says who may use its token. That holds for cloud
 * calls only, where WeChat vouches for the caller; over HTTP a token works for whoever has it.
 */
export function ownToken(
  { caller, policy }: Pick<Call, 'caller' | 'policy'>,
  text: string,
): ReadToken | undefined {
  const token = readToken(text);
  if (token === undefined || hasSeveralWaysIn(policy)) return token;
  return isOf(ownAccount(caller), token.id) ? token : undefined;
}

/** The account that the caller's WeChat leads into. One database operation with several ways in. */
export async function accountOfCaller({
  caller,
  policy,
  identities,
}: Pick<Call, 'caller' | 'policy' | 'identities'>): Promise<AccountId> {
  if (!hasSeveralWaysIn(policy)) return ownAccount(caller);
  const [identity] = await identities.find([ownIdentityId(caller)]);
  return identity?.account ?? ownAccount(caller);
}

/**
 * Whether the caller may know of what was found at the place of their token: it is their session,
 * or what has taken its place in their account. Somebody else's token says nothing to them.
 */
async function isTheirs(call: Call, token: ReadToken, found: Session): Promise<boolean> {
  if (isUsableBy(found, call.caller)) return true;
  if (hashesEqual(found.tokenHash, token.hash)) return false;
  return isOf(await accountOfCaller(call), token.id);
}

/**
 * The session of this token, renewed when it is due. One database operation, two when it is
 * renewed.
 */
export async function openSession(call: Call, sessionToken: string): Promise<Opened> {
  const token = ownToken(call, sessionToken);
  return token === undefined ? refuse('SESSION_MISSING') : open(call, token);
}

/**
 * The session of a token that comes without an identity, as over HTTP: the person is whoever the
 * session belongs to. Renews nothing. One database operation, two when the session is beyond the
 * limit.
 */
export async function openAny(call: SessionCall, token: ReadToken): Promise<Opened> {
  return judge(call, token, await call.store.find(token.id));
}

async function open(call: Call, token: ReadToken): Promise<Opened> {
  call.concerns(publicSessionId(token.hash));
  const opened = await judgeFor(call, token, await call.store.find(token.id));
  if (!opened.ok) return opened;
  call.isAbout(accountOf(opened.session));
  return renewWhenDue(call, opened.session);
}

/** What `judge` says to this caller. */
async function judgeFor(call: Call, token: ReadToken, found: Session | undefined): Promise<Opened> {
  if (found !== undefined && !(await isTheirs(call, token, found))) {
    return refuse('SESSION_MISSING');
  }
  return judge(call, token, found);
}

/**
 * Whether the token opens what was found. A session that is refused because of the limit is ended:
 * one more database operation.
 */
async function judge(
  call: SessionCall,
  token: ReadToken,
  found: Session | undefined,
): Promise<Opened> {
  const verified = verify(found, token, call.policy, call.now);
  // A document was found, and yet there is no such session: it is beyond the limit.
  const isSurplus = !verified.ok && verified.code === 'SESSION_MISSING' && found !== undefined;
  // A refused phone forgets its session, which would come back without an owner when the limit
  // rises again.
  if (isSurplus) await call.store.remove(token.id, token.hash);
  return verified;
}

/**
 * Renews an opened session when it is due. No database operation, or one; two when it has ended
 * meanwhile.
 */
export async function renewWhenDue(call: SessionCall, session: ActiveSession): Promise<Opened> {
  const renewed = renewal(session, call.policy, call.now);
  if (renewed === undefined) return { ok: true, session };
  const token = { id: session.id, hash: session.tokenHash };
  try {
    if (await call.store.renew(token.id, token.hash, renewed)) {
      return { ok: true, session: { ...session, ...renewed } };
    }
  } catch (error) {
    // The session is known to be good: a failed renewal is no reason to refuse it.
    if (!(error instanceof StoreUnavailableError)) throw error;
    call.report(error);
    return { ok: true, session };
  }
  // It ended between the read and the write. Find out why.
  return verify(await call.store.find(token.id), token, call.policy, call.clock());
}

export interface OwnSessions {
  account: AccountId;
  current: ActiveSession;
  /** All of the account, ended ones included. */
  sessions: readonly Session[];
}

/**
 * All sessions of the account, if the token opens one of them. One database operation; two for an
 * account that is not the caller's own.
 */
export async function findOwnSessions(
  call: Call,
  sessionToken: string,
): Promise<({ ok: true } & OwnSessions) | Refusal> {
  const token = ownToken(call, sessionToken);
  if (token === undefined) return refuse('SESSION_MISSING');
  call.concerns(publicSessionId(token.hash));
  const own = ownAccount(call.caller);
  let account = own;
  if (!isOf(own, token.id)) {
    const found = await call.store.find(token.id);
    if (found === undefined) return refuse('SESSION_MISSING');
    account = accountOf(found);
  }
  const sessions = await call.store.findAll(everyId(account));
  const opened = await judgeFor(
    call,
    token,
    sessions.find(({ id }) => id === token.id),
  );
  if (!opened.ok) return opened;
  call.isAbout(account);
  return { ok: true, account, current: opened.session, sessions };
}

/** The session of this token among those found, whether or not it is still good. */
export function sessionOf(sessions: readonly Session[], token: ReadToken): Session | undefined {
  return sessions.find(
    ({ id, tokenHash }) => id === token.id && hashesEqual(tokenHash, token.hash),
  );
}

function verify(
  session: Session | undefined,
  token: ReadToken,
  limit: SessionLimit,
  now: Date,
): Opened {
  const verified = verifySession(session, token.hash, limit, now);
  return verified.ok ? verified : refuse(verified.code, verified.detail);
}
