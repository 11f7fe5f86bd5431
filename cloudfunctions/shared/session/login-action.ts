/**
 * What `login` does: puts a new session into one of the slots of the account that the caller's
 * WeChat leads into.
 */
import { ownAccount, personKey, type AccountId } from '../identity/account';
import { ownIdentityId, type IdentityId, type StoredIdentity } from '../identity/identity';
import type { IdentityKind, LoginReply, Refusal } from './contract';
import type { Call } from './function-entry';
import { isOf, ownToken, readToken } from './open-session';
import { refuse } from './refusal';
import { decodeLogin, type DecodedLogin } from './request';
import { describeSession, issueSession, type ActiveSession } from './session';
import { hasSeveralWaysIn, SLOT_ATTEMPTS } from './session-policy';
import { chooseSlot, type SlotChoice } from './session-slot';
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

export async function loginAction(call: Call): Promise<LoginReply> {
  const request = decodeLogin(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  return loginByProvider(call, 'wechat', request.value);
}

/** Signs in the caller, for whom WeChat or QQ vouches. */
export async function loginByProvider(
  call: Call,
  kind: 'wechat' | 'qq',
  request: DecodedLogin,
): Promise<LoginReply> {
  const refused = limited(call);
  if (refused !== undefined) return refused;
  const own = ownAccount(call.caller);
  if (!hasSeveralWaysIn(call.policy)) return signIn(call, { kind, account: own }, request);
  const id = ownIdentityId(call.caller, kind);
  const [identity] = await call.identities.find([id]);
  const way: WayIn = { kind, account: identity?.account ?? own };
  if (kind !== 'wechat') way.identity = id;
  if (identity !== undefined) way.confirm = () => stillLeads(call, identity);
  return signIn(call, way, request);
}

/** One person signs in so often in a minute. To be asked before anything is read. */
export function limited(call: Call): Refusal | undefined {
  // Over HTTP the caller may be nobody that is known, who is counted by address.
  if (call.caller.openid === '') return undefined;
  const retryAt = call.limitLogins?.(personKey(ownAccount(call.caller)), call.now);
  return retryAt && refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });
}

/** Where a sign-in leads, and by what. */
export interface WayIn {
  kind: IdentityKind;
  account: AccountId;
  /** Absent for the WeChat that calls. */
  identity?: IdentityId;
  /**
   * Runs once the session is in its place: whoever unlinks this way in ends the sessions that they
   * find then, and one that comes later has to find out by itself. A refusal ends the session.
   */
  confirm?: (session: ActiveSession) => Promise<Refusal | undefined>;
}

async function stillLeads(
  { identities }: Call,
  { id, account }: StoredIdentity,
): Promise<Refusal | undefined> {
  const [now] = await identities.find([id]);
  // Tried again, it leads to where it does by now.
  return now?.account === account ? undefined : refuse('UNAVAILABLE');
}

/**
 * Issues the session. One database operation when a person may hold one session, else two or more;
 * what policy adds costs one each.
 */
export async function signIn(call: Call, way: WayIn, request: DecodedLogin): Promise<LoginReply> {
  const { account, kind } = way;
  call.isAbout(account);
  if (isElsewhere(call, account, request)) return refuse('IDENTITY_TAKEN');
  const { caller, now } = call;
  const attempt = { account, caller, kind, device: request.device, now };
  if (call.mayLogIn !== undefined && !(await call.mayLogIn(attempt))) {
    return record(call, way, request, refuse('ACCOUNT_BLOCKED'));
  }
  const { session, token } = await putSession(call, way, request);
  call.concerns(publicSessionId(session.tokenHash));
  // A blocked account gains no way in by a sign-in that is refused.
  const refused = (await blocked(call, account)) ?? (await way.confirm?.(session));
  if (refused !== undefined) {
    await call.store.remove(session.id, session.tokenHash);
    return record(call, way, request, refused);
  }
  const reply = { ok: true, sessionToken: token, session: describeSession(session, true) } as const;
  return record(call, way, request, reply);
}

/** They are signed in already, and this way in leads into another account. */
function isElsewhere(call: Call, account: AccountId, request: DecodedLogin): boolean {
  if (request.again !== true || !hasSeveralWaysIn(call.policy)) return false;
  const held = request.sessionToken === undefined ? undefined : readToken(request.sessionToken);
  return held === undefined || !isOf(account, held.id);
}

/** After the session is in its place: an operator ends the sessions that there are when blocking. */
export async function blocked({ policy, blockedAccounts }: Call, account: AccountId) {
  if (!policy.accountBlocking) return undefined;
  if (blockedAccounts === undefined) throw new Error('blocking needs the store of what is blocked');
  return (await blockedAccounts.isBlocked(account)) ? refuse('ACCOUNT_BLOCKED') : undefined;
}

/** A record that fails is no reason to refuse a sign-in that took place. */
export async function record(
  { policy, history, now, report }: Call,
  { account, kind }: Pick<WayIn, 'account' | 'kind'>,
  { device }: DecodedLogin,
  reply: LoginReply,
): Promise<LoginReply> {
  if (policy.signInHistory === 0 || history === undefined) return reply;
  const signIn = { at: now, kind, device };
  try {
    if (reply.ok) await history.add(account, signIn);
    else await history.addRefused(account, { ...signIn, refused: reply.code });
  } catch (error) {
    report(error);
  }
  return reply;
}

async function putSession(
  call: Call,
  { account, identity, kind }: WayIn,
  { device, attempt, sessionToken }: DecodedLogin,
): Promise<{ session: ActiveSession; token: string }> {
  const attemptHash = attempt === undefined ? undefined : hashAttempt(attempt);
  const secret = newSecret();
  const issue = (slot: number): ActiveSession => {
    const { caller, policy, now } = call;
    const start = {
      ...caller,
      id: sessionId(account, slot),
      slot,
      device,
      tokenHash: hashSecret(secret),
      ...(account !== ownAccount(caller) && { account }),
      ...(identity !== undefined && { identity }),
      ...(identity !== undefined && kind !== 'wechat' && { signedInBy: kind }),
      ...(attemptHash !== undefined && { attemptHash }),
    };
    return issueSession(start, policy, now);
  };
  const session =
    call.policy.sessionsPerUser === 1
      ? await putInSlot(call, issue(0))
      : await takeSlot(call, account, issue, sessionToken, attemptHash);
  return { session, token: formatToken(session.id, secret) };
}

async function putInSlot(call: Call, session: ActiveSession): Promise<ActiveSession> {
  await call.store.put(session);
  return session;
}

/** Of two sign-ins that choose the same slot at once only one gets it; the other chooses again. */
async function takeSlot(
  call: Call,
  account: AccountId,
  issue: (slot: number) => ActiveSession,
  heldToken: string | undefined,
  attemptHash: AttemptHash | undefined,
): Promise<ActiveSession> {
  const { store, policy, now } = call;
  const ids = sessionIds(account, policy.sessionsPerUser);
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
