/** By which identity a session came in. */
import { ownAccount, type AccountId } from '../identity/account';
import { ownIdentityId, type IdentityId } from '../identity/identity';
import type { Device } from './contract';
import type { SessionCall } from './function-entry';
import { everyId } from './open-session';
import type { Session } from './session';
import type { SessionPolicy } from './session-policy';
import type { TokenHash } from './session-token';

export function cameInBy(session: Session): IdentityId {
  return session.identity ?? ownIdentityId(session);
}

/** Whether it came in by the WeChat or QQ whose own account this is, which needs no document. */
export function isFoundedBy(account: AccountId, session: Session): boolean {
  const isByPerson = session.signedInBy === undefined || session.signedInBy === 'qq';
  return isByPerson && ownAccount(session) === account;
}

/** Whether it came in by the identity, or could not have come in without it. */
function relies(session: Session, id: IdentityId, { phoneOpensAccounts }: SessionPolicy): boolean {
  if (cameInBy(session) === id) return true;
  // A phone number opens an account on a WeChat that is in it.
  return !phoneOpensAccounts && session.signedInBy === 'phone' && ownIdentityId(session) === id;
}

/**
 * Ends the sessions of the account that rely on the identity, and resolves to how many. One
 * database operation, and one for each.
 *
 * @param except the session with this token stays
 */
export async function endSessionsBy(
  { store, policy, clock }: SessionCall,
  { account, id, except }: { account: AccountId; id: IdentityId; except?: TokenHash },
  revokedBy: Device,
): Promise<number> {
  let ended = 0;
  for (const session of await store.findAll(everyId(account))) {
    const isMeant = relies(session, id, policy) && session.tokenHash !== except;
    if (!isMeant || session.state !== 'active') continue;
    ended += await store.revoke(session.id, session.tokenHash, { revokedAt: clock(), revokedBy });
  }
  return ended;
}
