/** What `login` does: puts a new session into one of the slots of the caller. */
import { personKey } from '../identity/person-key';
import type { LoginReply } from './contract';
import type { Call } from './function-entry';
import { ownToken } from './open-session';
import { refuse } from './refusal';
import { decodeLogin, type DecodedLogin } from './request';
import { describeSession, issueSession, type ActiveSession } from './session';
import { SLOT_ATTEMPTS } from './session-policy';
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
  return signIn(call, request.value);
}

/**
 * Signs the caller in. One database operation when a person may hold one session, else two or more.
 */
export async function signIn(
  call: Call,
  { device, attempt, sessionToken }: DecodedLogin,
): Promise<LoginReply> {
  const retryAt = call.limitLogins?.(personKey(call.caller), call.now);
  if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });

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
      : await takeSlot(call, issue, sessionToken, attemptHash);
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

/** Of two sign-ins that choose the same slot at once only one gets it; the other chooses again. */
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
