/** Signs in with an account name and a password. */
import { ownAccount, type AccountId } from '../identity/account';
import { accountName } from '../identity/account-name';
import { identityId, type StoredIdentity } from '../identity/identity';
import { isRecord } from '../identity/is-record';
import { byCaller, byName, takeAttempt, type AttemptStore } from '../password/attempts';
import { hashPassword, verifyPassword } from '../password/password-hash';
import { normalisedPassword } from '../password/password-rules';
import type { LoginReply, Refusal } from '../session/contract';
import type { Call } from '../session/function-entry';
import { limited, record, signIn, type WayIn } from '../session/login-action';
import { refuse } from '../session/refusal';
import { decodeLogin, type DecodedLogin } from '../session/request';
import type { SessionPolicy } from '../session/session-policy';

export interface PasswordLogin {
  attempts: AttemptStore;
  /**
   * Under what failures are counted besides the name, if not the caller; empty: nobody knows who
   * tries.
   */
  triedBy?: string;
  links?: PasswordLinks;
}

/** What is linked by signing in, once the password has proved right. */
export interface PasswordLinks {
  /** Before anything is written: a sign-in that will be refused pushes nobody out. */
  refusal: (account: AccountId) => Promise<Refusal | undefined>;
  confirm: NonNullable<WayIn['confirm']>;
}

/** A name and a password as they are compared, and the rest of the request. */
export interface NamedPassword {
  name: string;
  password: string;
  request: DecodedLogin;
}

/** What the caller sent, or why it can't be a name and a password: nothing is asked or counted. */
export function readNamedPassword(
  { signInMethods }: Pick<SessionPolicy, 'signInMethods'>,
  event: unknown,
): { ok: true; value: NamedPassword } | Refusal {
  if (!signInMethods.includes('password')) return refuse('NOT_OFFERED');
  const request = decodeLogin(event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const fields = isRecord(event) ? event : {};
  const name = accountName(fields['name']);
  if (name === undefined) return refuse('INVALID_INPUT', { field: 'name' });
  const read = normalisedPassword(fields['password']);
  if (read === undefined || read === 'long') {
    return refuse('INVALID_INPUT', { field: 'password', ...(read && { reason: read }) });
  }
  return { ok: true, value: { name, password: read.password, request: request.value } };
}

/** What `login-password` does. */
export async function loginPasswordAction(
  call: Call,
  options: Pick<PasswordLogin, 'attempts'>,
): Promise<LoginReply> {
  const login = readNamedPassword(call.policy, call.event);
  return login.ok ? loginByPassword(call, login.value, options) : login;
}

export async function loginByPassword(
  call: Call,
  login: NamedPassword,
  options: PasswordLogin,
): Promise<LoginReply> {
  const { request } = login;
  const proved = await prove(call, login, options);
  if (!proved.ok) return proved;
  const { identity } = proved;
  const { id, account } = identity;
  const refused = await options.links?.refusal(account);
  if (refused !== undefined) {
    return record(call, { kind: 'password', account }, request, refused);
  }
  const confirm = confirmed(call, identity, options.links?.confirm);
  return signIn(call, { kind: 'password', account, identity: id, confirm }, request);
}

/** The identity, if the password is right: the same refusal, after the same time, for all else. */
async function prove(
  call: Call,
  { name, password, request: { device } }: NamedPassword,
  { attempts, triedBy = ownAccount(call.caller) }: PasswordLogin,
): Promise<{ ok: true; identity: StoredIdentity } | Refusal> {
  const { identities, policy, history, now } = call;
  const refused = limited(call);
  if (refused !== undefined) return refused;
  const taken = await takeAttempt(
    attempts,
    byName(name),
    triedBy === '' ? undefined : byCaller(triedBy),
    now,
  );
  if (!taken.ok) return refuse('TOO_MANY_ATTEMPTS', { retryAt: taken.retryAt.getTime() });
  const [identity] = await identities.find([identityId('password', name)]);
  const { isRight, outdated } = await verifyPassword(password, identity?.passwordHash);
  if (identity === undefined || !isRight) {
    if (policy.signInHistory > 0 && history !== undefined) {
      const code = 'IDENTITY_UNKNOWN';
      const tried = { at: now, kind: 'password', device, refused: code } as const;
      await history.addRefused(identity?.account, tried).catch(call.report);
    }
    return refuse('IDENTITY_UNKNOWN');
  }
  await taken.succeeded();
  return { ok: true, identity: outdated ? await rehashed(call, identity, password) : identity };
}

/** Hashed anew while the password is at hand. The old hash stays where that fails. */
async function rehashed(
  { identities, report }: Call,
  identity: StoredIdentity,
  password: string,
): Promise<StoredIdentity> {
  const { id, revision: seen } = identity;
  try {
    const next = { ...identity, passwordHash: await hashPassword(password) };
    return (await identities.changeOne({ id, seen, next })) ? next : identity;
  } catch (error) {
    report(error);
    return identity;
  }
}

/** Once the session is in its place: the password may have been changed or unlinked meanwhile. */
function confirmed(
  call: Call,
  { id, account, createdAt }: StoredIdentity,
  andThen: WayIn['confirm'],
): NonNullable<WayIn['confirm']> {
  return async (session) => {
    const [now] = await call.identities.find([id]);
    // A hash that was only computed anew is of the same password.
    if (now?.account !== account || now.createdAt.getTime() !== createdAt.getTime()) {
      return refuse('IDENTITY_UNKNOWN');
    }
    return andThen?.(session);
  };
}
