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

/** What it came in by, and what it could not have come in without. */
export function reliedOn(
  session: Session,
  { phoneOpensAccounts }: Pick<SessionPolicy, 'phoneOpensAccounts'>,
): IdentityId[] {
  const id = cameInBy(session);
  // A phone number opens an account on a WeChat that is in it.
  const needsWechat = session.signedInBy === 'phone' && !phoneOpensAccounts;
  return needsWechat ? [id, ownIdentityId(session)] : [id];
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
    const isMeant = reliedOn(session, policy).includes(id) && session.tokenHash !== except;
    if (!isMeant || session.state !== 'active') continue;
    ended += await store.revoke(session.id, session.tokenHash, { revokedAt: clock(), revokedBy });
  }
  return ended;
}
