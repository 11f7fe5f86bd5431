/** What a deletion does about the ways into the account. */
import type { AccountId } from '../shared/identity/account';
import { afterDeletion, isAtHome } from '../shared/identity/identity';
import type { IsSignedIn } from '../shared/personal-data/personal-data';
import type { Call } from '../shared/session/function-entry';
import { everyId } from '../shared/session/open-session';
import { cameInBy, isFoundedBy } from '../shared/session/way-in';
import { StoreUnavailableError } from '../shared/session/session-store';

const TRIES = 5;

/**
 * Unlinks everything but what was linked by somebody who has signed in since: that belongs to
 * another account, which begins under the same key.
 */
export async function removeWaysIn(
  { identities, clock }: Call,
  account: AccountId,
  isSignedIn: IsSignedIn,
): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    let isDone = true;
    const linked = await identities.ofAccount(account);
    // The founder last: while there are others, it has a document.
    const founderLast = [...linked].sort((a, b) => Number(isAtHome(a)) - Number(isAtHome(b)));
    for (const identity of founderLast) {
      const change = afterDeletion(identity, clock());
      if (change === undefined || (await isSignedIn(identity.linkedIn))) continue;
      if (!(await identities.changeOne(change))) isDone = false;
    }
    if (isDone) return;
  }
  throw new StoreUnavailableError('unlink', new Error('the identities keep changing'));
}

/** Ends the sessions that came in meanwhile by what is no longer linked. */
export async function endWithoutWayIn(call: Call, account: AccountId): Promise<void> {
  const linked = await call.identities.ofAccount(account);
  const surplus = (await call.store.findAll(everyId(account))).filter(
    (session) =>
      !isFoundedBy(account, session) && !linked.some(({ id }) => id === cameInBy(session)),
  );
  await call.store.removeAll(surplus);
}
