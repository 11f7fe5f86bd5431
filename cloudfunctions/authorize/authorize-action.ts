/** What `authorize` does: lets a web page in, or turns it away. */
import { personCounter, type WindowedLimit } from '../shared/counters/windowed-limit';
import { deviceGrantId, problemWith, type DeviceGrant } from '../shared/device-grants/device-grant';
import type { DeviceGrantStore } from '../shared/device-grants/device-grant-store';
import { readUserCode } from '../shared/device-grants/user-code';
import { ownAccount, personKey, type AccountId } from '../shared/identity/account';
import type { Refusal, UserCodeProblem } from '../shared/session/contract';
import { isOf } from '../shared/session/open-session';
import { refuse } from '../shared/session/refusal';
import type { ActiveSession } from '../shared/session/session';
import type { OpenSession, ProtectedCall } from '../shared/session/with-session';
import type {
  ApproveSignInReply,
  AuthorizeReply,
  DenySignInReply,
  WebSignInRequest,
} from './authorize-contract';

export interface AuthorizeDependencies {
  grants: DeviceGrantStore;
  limit: WindowedLimit;
}

/**
 * How many codes one person may try in a minute: several times what somebody needs who mistypes,
 * and next to nothing of 2^34 codes.
 */
export const TRIES_PER_PERSON = 20;

/** One to three database operations to count, then one or two. */
export async function authorizeAction(
  { data, account }: ProtectedCall,
  { call, session }: OpenSession,
  { grants, limit }: AuthorizeDependencies,
): Promise<AuthorizeReply> {
  const { action, userCode } = data;
  if (action !== 'describe' && action !== 'approve' && action !== 'deny') {
    return refuse('INVALID_INPUT', { field: 'action' });
  }
  call.doing(action);
  if (typeof userCode !== 'string') return refuse('INVALID_INPUT', { field: 'userCode' });
  const code = readUserCode(userCode);
  // No page shows it: nothing was guessed, and nothing is asked.
  if (code === undefined) return useless('unknown');

  // By the WeChat that calls: an account may have many, a WeChat can't be had at will.
  const person = personKey(ownAccount(call.caller));
  const quota = { id: personCounter('authorize', person), limit: TRIES_PER_PERSON };
  const retryAt = await limit.take([quota], call.now);
  if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });

  const id = deviceGrantId(code);
  if (action === 'describe') {
    const grant = await grants.find(id);
    const problem = problemWith(grant, call.clock());
    if (grant === undefined || problem !== undefined) return useless(problem ?? 'unknown');
    return { ok: true, request: describeRequest(grant) };
  }
  if (action === 'deny') {
    if (await grants.deny(id, call.clock())) return { ok: true, denied: true };
    return denyAgain(await grants.find(id), call.clock());
  }
  const { id: sessionId, tokenHash } = session;
  const approval = { approvedBy: { sessionId, tokenHash } };
  if (await grants.approve(id, approval, call.clock())) return { ok: true, approved: true };
  const found = await grants.find(id);
  return approveAgain(found, isApprovedBy(found, account, session), call.clock());
}

/** The reply to the first time was lost, or it was too late for it. */
function approveAgain(
  found: DeviceGrant | undefined,
  isApproved: boolean,
  now: Date,
): ApproveSignInReply {
  return isApproved ? { ok: true, approved: true } : useless(problemWith(found, now) ?? 'expired');
}

/** A page that has yet to come gets in by the session that approved it, and by no other. */
function isApprovedBy(
  found: DeviceGrant | undefined,
  account: AccountId,
  { tokenHash }: ActiveSession,
): boolean {
  if (found?.state === 'approved') return found.approvedBy.tokenHash === tokenHash;
  return found?.state === 'redeemed' && isOf(account, found.approvedBy.sessionId);
}

function denyAgain(found: DeviceGrant | undefined, now: Date): DenySignInReply {
  if (found?.state === 'denied') return { ok: true, denied: true };
  return useless(problemWith(found, now) ?? 'expired');
}

function describeRequest({ site, device, createdAt, expiresAt }: DeviceGrant): WebSignInRequest {
  return { site, device, createdAt: createdAt.getTime(), expiresAt: expiresAt.getTime() };
}

const useless = (reason: UserCodeProblem): Refusal =>
  refuse('INVALID_INPUT', { field: 'userCode', reason });
