/** Sets the password of an account, or changes it, and the name that goes with it. */
import { accountName, maskedName } from '../shared/identity/account-name';
import { identityId, ownIdentityId, type StoredIdentity } from '../shared/identity/identity';
import { hashPassword } from '../shared/password/password-hash';
import { normalisedPassword, problemWith } from '../shared/password/password-rules';
import type { PasswordProblem, Refusal } from '../shared/session/contract';
import type { Call } from '../shared/session/function-entry';
import { refuse } from '../shared/session/refusal';
import type { Fields } from '../shared/session/request';
import { MAX_IDENTITIES } from '../shared/session/session-policy';
import { cameInBy, endSessionsBy } from '../shared/session/way-in';
import {
  founderChange,
  identityFor,
  type Linked,
  type Linking,
  type WantedIdentity,
} from '../shared/ways-in/link-identity';
import { isReliable, pinned } from '../shared/ways-in/relied-on';
import { againWhileChanged } from '../shared/ways-in/try-again';

export async function setPassword(call: Call, linking: Linking, data: Fields): Promise<Linked> {
  const name = accountName(data['name']);
  if (name === undefined) return refuse('INVALID_INPUT', { field: 'name' });
  const read = normalisedPassword(data['password']);
  if (read === undefined) return refuse('INVALID_INPUT', { field: 'password' });
  if (read === 'long') return badPassword('long');
  const problem = problemWith(read.password, name, String(data['password']));
  if (problem !== undefined) return badPassword(problem);

  const id = identityId('password', name);
  const [there] = await call.identities.find([id]);
  if (there !== undefined && there.account !== linking.account) return refuse('IDENTITY_TAKEN');
  const passwordHash = await hashPassword(read.password);
  const wanted = { id, kind: 'password', label: maskedName(name), passwordHash } as const;
  return againWhileChanged(() => tryToReplace(call, linking, wanted));
}

const badPassword = (reason: PasswordProblem): Refusal =>
  refuse('INVALID_INPUT', { field: 'password', reason });

/** An account has one password: it takes the place of the one before, whatever name that had. */
async function tryToReplace(
  call: Call,
  linking: Linking,
  wanted: WantedIdentity,
): Promise<Linked | 'changed'> {
  const { account, session } = linking;
  const ownId = ownIdentityId(call.caller);
  const found = await call.identities.find([ownId, wanted.id, cameInBy(session)]);
  const there = found.find(({ id }) => id === wanted.id);
  const own = found.find(({ id }) => id === ownId);
  if (there !== undefined && there.account !== account) return refuse('IDENTITY_TAKEN');
  if (!isReliable(call, linking, found)) return refuse('SESSION_NOT_FRESH');
  const linked = await call.identities.ofAccount(account);
  const before = linked.filter(({ id, kind }) => kind === 'password' && id !== wanted.id);
  const isOneMore = there === undefined && before.length === 0;
  if (isOneMore && linked.length >= MAX_IDENTITIES) {
    return refuse('INVALID_INPUT', { field: 'action' });
  }
  const next = identityFor(call, linking, wanted, there);
  const changes = pinned(call, linking, found, [
    ...founderChange(call, linking, own),
    { id: wanted.id, seen: there?.revision, next },
    ...before.map(({ id, revision }) => ({ id, seen: revision, next: undefined })),
  ]);
  const outcome = await call.identities.change(changes, (write) =>
    linking.whileSignedIn(async (transaction) => {
      await write(transaction);
      // Whoever came in by the name that is given up stays signed in, by the new one.
      if (!before.some(({ id }) => id === session.identity)) return;
      const document = transaction.collection('sessions').doc(session.id);
      await document.update({ data: { identity: wanted.id } });
    }),
  );
  if (outcome === 'changed' || !outcome.ok) return outcome;
  await endOthers(call, linking, [wanted.id, ...before.map(({ id }) => id)]);
  return { ok: true, identity: next };
}

/** Whoever knew the password before has to know the new one, but for the session that sets it. */
async function endOthers(
  call: Call,
  { account, session }: Linking,
  ids: readonly StoredIdentity['id'][],
): Promise<void> {
  for (const id of ids) {
    await endSessionsBy(call, { account, id, except: session.tokenHash }, session.device);
  }
}
