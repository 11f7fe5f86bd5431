/** Deletes a person's account (注销): everything that is kept about them. */
import type { PersonalData } from '../shared/personal-data/personal-data';
import type { Call } from '../shared/session/function-entry';
import { everyId, findOwnSessions } from '../shared/session/open-session';
import { refuse } from '../shared/session/refusal';
import { decodeProtected } from '../shared/session/request';
import { isFresh, isLive } from '../shared/session/session';
import { FRESH_MS, hasSeveralWaysIn } from '../shared/session/session-policy';
import { publicSessionId } from '../shared/session/session-token';
import { isStillIn } from '../shared/ways-in/relied-on';
import { endWithoutWayIn, removeWaysIn } from './remove-ways-in';
import type { AccountReply } from './account-contract';

/**
 * The order is what makes it safe to repeat, and complete whatever else is running. First the other
 * sessions go, so that none of them starts anything new; then the data, while a person who is cut
 * short can still ask again; then the session that asks, after which nothing more is created; and
 * last what was created in between.
 *
 * It ends the sessions that existed when it began, in every possible slot, also beyond a limit that
 * has been lowered since. Signing in meanwhile starts a new account, which keeps what is saved in
 * it even when an operation of this deletion reaches the database late.
 */
export async function accountAction(
  call: Call,
  everythingKept: readonly PersonalData[],
): Promise<AccountReply> {
  const request = decodeProtected(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  if (request.value.data['action'] !== 'delete')
    return refuse('INVALID_INPUT', { field: 'action' });
  call.doing('delete');
  // Renews nothing: a session that is not fresh stays untouched.
  const opened = await findOwnSessions(call, request.value.sessionToken);
  if (!opened.ok) return opened;
  if (!isFresh(opened.current, FRESH_MS, call.now)) return refuse('SESSION_NOT_FRESH');

  const { store, policy } = call;
  const { account, current, sessions } = opened;
  // Who is being put out of the account must not delete it meanwhile.
  if (!(await isStillIn(call, { account, session: current }))) return refuse('SESSION_NOT_FRESH');
  const before = new Set<string>(sessions.map(({ tokenHash }) => publicSessionId(tokenHash)));
  const isSignedIn = async (id: string): Promise<boolean> =>
    !before.has(id) &&
    (await store.findAll(everyId(account))).some(
      (session) =>
        publicSessionId(session.tokenHash) === id && isLive(session, policy, call.clock()),
    );
  await store.removeAll(sessions.filter(({ tokenHash }) => tokenHash !== current.tokenHash));
  for (const kept of everythingKept) await kept.removeAll(account, isSignedIn);
  // Nobody but the session that asks is signed in: what that still links meanwhile goes below.
  if (hasSeveralWaysIn(policy)) await removeWaysIn(call, account, isSignedIn);
  if (policy.signInHistory > 0) await call.history?.remove(account);
  await store.removeAll([current]);
  // What one of them let in meanwhile: nothing can come after this, since none of them is good.
  const later = await store.findAll(everyId(account));
  await store.removeAll(
    later.filter(({ approvedIn }) => approvedIn !== undefined && before.has(approvedIn)),
  );
  let filesLeft = 0;
  for (const kept of everythingKept) {
    filesLeft += (await kept.removeAll(account, isSignedIn)).filesLeft;
  }
  if (hasSeveralWaysIn(policy)) {
    await removeWaysIn(call, account, isSignedIn);
    await endWithoutWayIn(call, account);
  }
  return { ok: true, deleted: true, ...(filesLeft > 0 && { filesLeft }) };
}
