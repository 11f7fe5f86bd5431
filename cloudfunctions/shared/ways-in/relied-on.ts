/**
 * Who changes the ways into an account must be in it by one that is still linked: whoever unlinks a
 * way in, or changes the password, ends the sessions that came in by it only afterwards, and until
 * then they could link their way back.
 */
import { ownAccount, type AccountId } from '../identity/account';
import {
  ownIdentityId,
  rewritten,
  type IdentityChange,
  type StoredIdentity,
} from '../identity/identity';
import type { IdentityStore } from '../identity/identity-store';
import type { ActiveSession } from '../session/session';
import { hasSeveralWaysIn, type SessionPolicy } from '../session/session-policy';
import { publicSessionId } from '../session/session-token';
import { reliedOn } from '../session/way-in';

interface SignedIn {
  account: AccountId;
  session: ActiveSession;
}

type Policy = Pick<SessionPolicy, 'phoneOpensAccounts'>;

/** @param found what there is of all that the session relies on, or of all in the account */
export function isReliable(
  { policy }: { policy: Policy },
  { account, session }: SignedIn,
  found: readonly StoredIdentity[],
): boolean {
  return reliedOn(session, policy).every((id) => {
    const identity = found.find((one) => one.id === id);
    // Who founded an account has no document until something is linked to it. Where something is,
    // their document leads elsewhere by now.
    if (identity === undefined) {
      const isFounder = id === ownIdentityId(session) && ownAccount(session) === account;
      return isFounder && found.every((one) => one.account !== account);
    }
    return identity.account === account && isThatPassword(identity, session);
  });
}

/**
 * Whether the session's way in still leads into its account, for what is not a change of identities.
 * One database operation where policy has several ways in, else none.
 */
export async function isStillIn(
  call: { policy: Policy & Pick<SessionPolicy, 'signInMethods'>; identities: IdentityStore },
  signedIn: SignedIn,
): Promise<boolean> {
  if (!hasSeveralWaysIn(call.policy)) return true;
  const found = await call.identities.find(reliedOn(signedIn.session, call.policy));
  return isReliable(call, signedIn, found);
}

/** The session came in by the password that it is now, or has set that itself. */
function isThatPassword(
  { kind, createdAt, linkedIn }: StoredIdentity,
  { createdAt: since, tokenHash }: ActiveSession,
): boolean {
  return kind !== 'password' || createdAt <= since || linkedIn === publicSessionId(tokenHash);
}

/** The changes, which fail if what the session came in by is unlinked at the same moment. */
export function pinned(
  { policy }: { policy: Policy },
  { session }: SignedIn,
  found: readonly StoredIdentity[],
  changes: readonly IdentityChange[],
): IdentityChange[] {
  const ids = reliedOn(session, policy).filter((id) => changes.every((change) => change.id !== id));
  const relied = found.filter(({ id }) => ids.includes(id));
  return [...changes, ...relied.map((identity) => rewritten(identity, identity.linkedIn))];
}
