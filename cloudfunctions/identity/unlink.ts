/** Unlinks a way in (解除绑定), unless nobody could get into the account without it. */
import {
  ownIdentityId,
  rewritten,
  withoutAccount,
  type IdentityId,
  type StoredIdentity,
} from '../shared/identity/identity';
import type { Refusal } from '../shared/session/contract';
import type { Call } from '../shared/session/function-entry';
import type { UnlinkReply } from '../shared/session/identity-contract';
import { refuse } from '../shared/session/refusal';
import type { SessionPolicy } from '../shared/session/session-policy';
import { endSessionsBy, isFoundedBy } from '../shared/session/way-in';
import type { Linking } from '../shared/ways-in/link-identity';
import { isReliable, pinned } from '../shared/ways-in/relied-on';
import { againWhileChanged } from '../shared/ways-in/try-again';

/**
 * Of an account's ways in, each could be unlinked by another phone at the same moment: the one that
 * is relied upon to stay is written too, so that only one of them succeeds.
 *
 * Ends the sessions that came in by it afterwards. Repeated after a lost reply, it ends those that
 * are left, and answers as if it had just been unlinked while there are any.
 */
export function unlink(call: Call, linking: Linking, identityId: string): Promise<UnlinkReply> {
  return againWhileChanged(() => tryToUnlink(call, linking, identityId as IdentityId));
}

async function tryToUnlink(
  call: Call,
  linking: Linking,
  target: IdentityId,
): Promise<UnlinkReply | 'changed'> {
  const { account, session, whileSignedIn } = linking;
  const endSessions = () => endSessionsBy(call, { account, id: target }, session.device);
  const linked = await call.identities.ofAccount(account);
  const identity = linked.find(({ id }) => id === target);
  if (identity === undefined) {
    // A founder without a document is the only way in.
    const isOwn = linked.length === 0 && isFoundedBy(account, session);
    if (isOwn && target === ownIdentityId(session)) {
      // Unless it leads elsewhere by now, and this session has yet to be ended.
      const [elsewhere] = await call.identities.find([target]);
      return elsewhere === undefined ? refuse('LAST_IDENTITY') : unknown();
    }
    const ended = isOwn ? 0 : await endSessions();
    return ended > 0 ? { ok: true, ended } : unknown();
  }
  if (!isReliable(call, linking, linked)) return refuse('SESSION_NOT_FRESH');
  const witness = reliedUpon(identity, linked, call.policy);
  if (witness === undefined) return refuse('LAST_IDENTITY');
  const changes = pinned(call, linking, linked, [
    withoutAccount(identity, call.clock()),
    rewritten(witness, witness.linkedIn),
  ]);
  const outcome = await call.identities.change(changes, whileSignedIn);
  if (outcome === 'changed' || !outcome.ok) return outcome;
  return { ok: true, ended: await endSessions() };
}

/** With the field: it is not the caller's own way in that is unknown. */
const unknown = (): Refusal => ({
  ...refuse('IDENTITY_UNKNOWN', { field: 'identityId' }),
  message: '该登录方式已解除绑定',
});

/** Another way in that stays. */
function reliedUpon(
  target: StoredIdentity,
  linked: readonly StoredIdentity[],
  policy: SessionPolicy,
): StoredIdentity | undefined {
  const others = linked.filter(({ id }) => id !== target.id);
  const usable = others.find((identity) => opens(identity, policy));
  return opens(target, policy) ? usable : (usable ?? others[0]);
}

/** Whether it opens the account by itself, in this deployment. */
function opens({ kind }: StoredIdentity, policy: SessionPolicy): boolean {
  switch (kind) {
    case 'wechat':
    case 'qq':
      return true;
    case 'password':
      return policy.signInMethods.includes('password');
    case 'phone':
      return policy.signInMethods.includes('phone') && policy.phoneOpensAccounts;
  }
}
