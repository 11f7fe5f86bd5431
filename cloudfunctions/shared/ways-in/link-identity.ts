/** Links a way into an account: what belongs elsewhere is refused, and nothing is merged. */
import { ownAccount, type AccountId } from '../identity/account';
import {
  isAtHome,
  ownIdentityId,
  rewritten,
  type IdentityChange,
  type StoredIdentity,
} from '../identity/identity';
import type { Refusal } from '../session/contract';
import type { Call } from '../session/function-entry';
import { refuse } from '../session/refusal';
import type { ActiveSession } from '../session/session';
import { MAX_IDENTITIES } from '../session/session-policy';
import { publicSessionId } from '../session/session-token';
import { cameInBy, endSessionsBy } from '../session/way-in';
import type { CloudTransaction } from '../database/transaction';
import { isReliable, pinned } from './relied-on';
import { againWhileChanged } from './try-again';

/** Who links it, and to which account: the session must be good when it is written. */
export interface Linking {
  account: AccountId;
  session: ActiveSession;
  /** Nothing is linked unless the WeChat that calls leads into the account at that moment. */
  onlyByItsWechat?: true;
  whileSignedIn: (
    write: (transaction: CloudTransaction) => Promise<void>,
  ) => Promise<{ ok: true } | Refusal>;
}

export type WantedIdentity = Pick<StoredIdentity, 'id' | 'kind' | 'label' | 'passwordHash'>;

export type Linked = { ok: true; identity: Omit<StoredIdentity, 'revision'> } | Refusal;

/**
 * What is linked to the account already is answered as it is. About a dozen database operations:
 * linking is rare, and in a transaction with the session, so that nothing is linked to an account
 * that is being deleted.
 */
export function linkIdentity(
  call: Call,
  linking: Linking,
  wanted: WantedIdentity,
): Promise<Linked> {
  return againWhileChanged(() => tryToLink(call, linking, wanted));
}

async function tryToLink(
  call: Call,
  linking: Linking,
  wanted: WantedIdentity,
): Promise<Linked | 'changed'> {
  const { identities } = call;
  const { account, whileSignedIn } = linking;
  const ownId = ownIdentityId(call.caller);
  const found = await identities.find([ownId, wanted.id, cameInBy(linking.session)]);
  const there = found.find(({ id }) => id === wanted.id);
  const own = found.find(({ id }) => id === ownId);
  const founder = founderChange(call, linking, own);
  if (linking.onlyByItsWechat === true) {
    if (founder.length === 0) return refuse('UNAVAILABLE');
  } else if (!isReliable(call, linking, found)) {
    return refuse('SESSION_NOT_FRESH');
  }
  if (there?.account === account) {
    // Whoever linked it may have been cut short before this.
    await leaveHome(call, linking, there);
    return { ok: true, identity: there };
  }
  const taken = await takenElsewhere(call, account, there);
  if (taken !== undefined) return taken;
  if (await hasNoRoom(call, account)) return refuse('INVALID_INPUT', { field: 'action' });
  const next = identityFor(call, linking, wanted, there);
  const changes = pinned(call, linking, found, [
    ...founder,
    { id: wanted.id, seen: there?.revision, next },
  ]);
  const outcome = await identities.change(changes, whileSignedIn);
  if (outcome === 'changed' || !outcome.ok) return outcome;
  await leaveHome(call, linking, next);
  return { ok: true, identity: next };
}

export function identityFor(
  { clock }: Call,
  { account, session }: Linking,
  wanted: WantedIdentity,
  there?: StoredIdentity,
): Omit<StoredIdentity, 'revision'> {
  return {
    ...wanted,
    account,
    createdAt: clock(),
    linkedIn: publicSessionId(session.tokenHash),
    ...(there?.home !== undefined && { home: there.home }),
  };
}

/**
 * The WeChat that founded the account, which has no document until there is another way in. It is
 * written with each that follows, so that it can't leave the account at the same moment.
 */
export function founderChange(
  call: Call,
  linking: Linking,
  own: StoredIdentity | undefined,
): IdentityChange[] {
  const { account, session } = linking;
  if (ownAccount(call.caller) !== account && own?.account !== account) return [];
  if (own !== undefined) {
    const linkedIn = publicSessionId(session.tokenHash);
    return own.account === account ? [rewritten(own, linkedIn)] : [];
  }
  const id = ownIdentityId(call.caller);
  const founder = { id, kind: 'wechat', label: session.device.name } as const;
  // How long it has been one is known to nobody; it is older than what is being linked.
  const next = { ...identityFor(call, linking, founder), createdAt: session.createdAt };
  return [{ id, seen: undefined, next }];
}

/** Whether the account has as many ways in as it may have. One database operation. */
export async function hasNoRoom({ identities }: Call, account: AccountId): Promise<boolean> {
  return (await identities.ofAccount(account)).length >= MAX_IDENTITIES;
}

/** Whether it belongs to another account, and would be refused. */
export async function takenElsewhere(
  call: Call,
  account: AccountId,
  there: StoredIdentity | undefined,
): Promise<Refusal | undefined> {
  const isTaken = there !== undefined && there.account !== account && !(await isFree(call, there));
  return isTaken ? refuse('IDENTITY_TAKEN') : undefined;
}

/** A WeChat that is alone in its own account may be linked to another one. */
async function isFree({ identities }: Call, there: StoredIdentity): Promise<boolean> {
  return isAtHome(there) && (await identities.ofAccount(there.account)).length === 1;
}

/**
 * A WeChat that is linked elsewhere leaves its own account, where it is no way in any more. What is
 * kept there stays, and is there again when it is unlinked.
 */
async function leaveHome(
  call: Call,
  { session }: Linking,
  identity: Omit<StoredIdentity, 'revision'>,
): Promise<void> {
  const { id, kind, home } = identity;
  if ((kind !== 'wechat' && kind !== 'qq') || isAtHome(identity)) return;
  const account = home ?? ownAccount(call.caller);
  await endSessionsBy(call, { account, id }, session.device);
  // A session of QQ that was issued when there was one way in does not say what it came in by.
  if (kind === 'qq') {
    await endSessionsBy(call, { account, id: ownIdentityId(call.caller) }, session.device);
  }
}
