/** From an approved request to the session of the web page. */
import type { IdentityKind } from '../identity/identity';
import type { Call } from '../session/function-entry';
import { blocked, record } from '../session/login-action';
import {
  accountOf,
  describeSession,
  issueSession,
  verifySession,
  type ActiveSession,
} from '../session/session';
import { chooseSlot } from '../session/session-slot';
import {
  formatToken,
  hashSecret,
  newSecret,
  publicSessionId,
  webSessionId,
  webSessionIds,
} from '../session/session-token';
import type { WhileSignedIn } from '../session/while-signed-in';
import { isStillIn } from '../ways-in/relied-on';
import { approvedAt, type ApprovedGrant } from './device-grant';
import type { DeviceGrantStore } from './device-grant-store';

export interface RedeemDependencies {
  grants: DeviceGrantStore;
  whileSignedIn: WhileSignedIn;
}

export type Redeemed =
  | { ok: true; session: ActiveSession; token: string }
  /** `ended`: the approving session is not good any more, or may not sign anybody in. */
  | { ok: false; reason: 'ended' | 'used' };

/**
 * The page becomes a session of the account, like the one that approved it: it ends with whatever
 * ends the way in by which that one came in. Eight database operations and one for each slot;
 * several ways in and blocking read a little more.
 */
export async function redeem(
  call: Call,
  grant: ApprovedGrant,
  { grants, whileSignedIn }: RedeemDependencies,
): Promise<Redeemed> {
  const { store, policy, clock } = call;
  const { sessionId, tokenHash } = grant.approvedBy;
  const found = verifySession(await store.find(sessionId), tokenHash, policy, call.now);
  if (!found.ok) return { ok: false, reason: 'ended' };
  const approving = found.session;
  const account = accountOf(approving);
  call.isAbout(account);
  const { openid, appid, signedInBy } = approving;
  const kind: IdentityKind = signedInBy ?? 'wechat';
  const attempt = { account, caller: { openid, appid }, kind, device: grant.device, now: call.now };
  if (call.mayLogIn !== undefined && !(await call.mayLogIn(attempt))) {
    return { ok: false, reason: 'ended' };
  }

  const secret = newSecret();
  const slots = policy.webSessionsPerUser;
  const session = await grants.redeem(
    {
      id: grant.id,
      slots: webSessionIds(account, slots),
      issue(held) {
        const now = clock();
        const claim = { heldHash: undefined, attemptHash: undefined };
        const { slot } = chooseSlot(held, slots, claim, now);
        const start = {
          ...wayInOf(approving),
          id: webSessionId(account, slot),
          slot,
          client: grant.site,
          approvedIn: publicSessionId(tokenHash),
          approvedAt: approvedAt(grant),
          device: grant.device,
          tokenHash: hashSecret(secret),
        };
        return issueSession(start, policy, now);
      },
    },
    (write) => whileSignedIn(approving, clock, write),
  );
  if (session === 'ended' || session === 'used') return { ok: false, reason: session };
  call.concerns(publicSessionId(session.tokenHash));
  // Who unlinks the way in or blocks the account ends the sessions that they find: one that has come
  // since finds out by itself. The code is used by now, so that one failure of a read must not be the
  // end of it.
  const isIn = async () =>
    (await isStillIn(call, { account, session: approving })) &&
    (await blocked(call, account)) === undefined;
  if (!(await isIn().catch(isIn))) {
    await store.remove(session.id, session.tokenHash);
    return { ok: false, reason: 'ended' };
  }
  const token = formatToken(session.id, secret);
  const reply = { ok: true, sessionToken: token, session: describeSession(session, true) } as const;
  await record(call, { account, kind }, { device: session.device }, reply);
  return { ok: true, session, token };
}

/** Whose it is, and by what. */
function wayInOf({ openid, appid, unionid, account, identity, signedInBy }: ActiveSession) {
  return {
    openid,
    appid,
    ...(unionid !== undefined && { unionid }),
    ...(account !== undefined && { account }),
    ...(identity !== undefined && { identity }),
    ...(signedInBy !== undefined && { signedInBy }),
  };
}
