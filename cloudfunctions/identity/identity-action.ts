/** The ways into the person's account: what `identity` does. */
import { ownIdentityId } from '../shared/identity/identity';
import type { Refusal, SessionErrorCode } from '../shared/session/contract';
import type { Call } from '../shared/session/function-entry';
import type {
  HistoryReply,
  IdentityReply,
  LinkReply,
  ListIdentitiesReply,
} from '../shared/session/identity-contract';
import { limited } from '../shared/session/login-action';
import { refuse } from '../shared/session/refusal';
import type { Fields } from '../shared/session/request';
import { FRESH_MS, MAX_IDENTITY_ID_LENGTH } from '../shared/session/session-policy';
import { isFoundedBy } from '../shared/session/way-in';
import type { OpenSession, ProtectedCall } from '../shared/session/with-session';
import { linkIdentity, type Linked, type Linking } from '../shared/ways-in/link-identity';
import {
  isPhoneCode,
  phoneIdentity,
  type PhoneDependencies,
} from '../shared/ways-in/phone-identity';
import { describeIdentity } from './describe-identity';
import { setPassword } from './set-password';
import { unlink } from './unlink';

/** For `withSession`: how recent the sign-in must be for what is asked. */
export function freshWithinMs({ action }: Fields): number | undefined {
  return typeof action === 'string' && CHANGES.includes(action) ? FRESH_MS : undefined;
}

export async function identityAction(
  { data, account, whileSignedIn }: ProtectedCall,
  { call, session }: OpenSession,
  dependencies: PhoneDependencies,
): Promise<IdentityReply> {
  const { action } = data;
  const linking: Linking = { account, session, whileSignedIn };
  if (typeof action === 'string' && ACTIONS.includes(action)) call.doing(action);
  switch (action) {
    case 'list':
      return list(call, linking);
    case 'history':
      return history(call, linking);
    case 'link-phone':
      return answer(linking, await linkPhone(call, linking, data, dependencies));
    case 'link-wechat':
      return answer(linking, await linkWechat(call, linking));
    case 'set-password': {
      const refused = offered(call, 'password') ?? limited(call);
      return refused ?? answer(linking, await setPassword(call, linking, data));
    }
    case 'unlink': {
      const { identityId } = data;
      const isId =
        typeof identityId === 'string' &&
        /^[\w-]+$/.test(identityId) &&
        identityId.length <= MAX_IDENTITY_ID_LENGTH;
      return isId
        ? unlink(call, linking, identityId)
        : refuse('INVALID_INPUT', { field: 'identityId' });
    }
    default:
      return refuse('INVALID_INPUT', { field: 'action' });
  }
}

const CHANGES = ['link-phone', 'link-wechat', 'set-password', 'unlink'];
const ACTIONS = ['list', 'history', ...CHANGES];

function offered({ policy }: Call, method: 'phone' | 'password'): Refusal | undefined {
  return policy.signInMethods.includes(method) ? undefined : refuse('NOT_OFFERED');
}

function answer({ session }: Linking, linked: Linked): LinkReply {
  return linked.ok ? { ok: true, identity: describeIdentity(linked.identity, session) } : linked;
}

async function list(
  { identities }: Call,
  { account, session }: Linking,
): Promise<ListIdentitiesReply> {
  const linked = await identities.ofAccount(account);
  const described = linked.map((identity) => describeIdentity(identity, session));
  return { ok: true, identities: described.length > 0 ? described : founderOnly(account, session) };
}

/** Who has linked nothing has no document. */
function founderOnly(account: Linking['account'], session: Linking['session']) {
  if (!isFoundedBy(account, session)) return [];
  const kind = session.signedInBy === 'qq' ? 'qq' : 'wechat';
  const { device, createdAt } = session;
  const founder = {
    id: ownIdentityId(session, kind),
    kind,
    label: device.name,
    createdAt,
  } as const;
  return [describeIdentity(founder, session)];
}

async function history({ policy, history }: Call, { account }: Linking): Promise<HistoryReply> {
  if (policy.signInHistory === 0 || history === undefined) return refuse('NOT_OFFERED');
  const signIns = (await history.read(account)).map(({ at, refused, ...signIn }) => ({
    ...signIn,
    at: at.getTime(),
    // Only codes were written.
    ...(refused !== undefined && { refused: refused as SessionErrorCode }),
  }));
  return { ok: true, signIns };
}

async function linkPhone(
  call: Call,
  linking: Linking,
  { code }: Fields,
  dependencies: PhoneDependencies,
): Promise<Linked> {
  if (!isPhoneCode(code)) return refuse('INVALID_INPUT', { field: 'code' });
  const refused = offered(call, 'phone') ?? limited(call);
  if (refused !== undefined) return refused;
  const wanted = await phoneIdentity(code, dependencies);
  if (wanted === undefined) return refuse('INVALID_INPUT', { field: 'code' });
  return linkIdentity(call, linking, wanted);
}

/** To the account of this session, which another way in has opened. */
async function linkWechat(call: Call, linking: Linking): Promise<Linked> {
  const { account, session } = linking;
  const wanted = {
    id: ownIdentityId(call.caller),
    kind: 'wechat',
    label: session.device.name,
  } as const;
  if (isFoundedBy(account, session)) {
    const [there] = await call.identities.find([wanted.id]);
    const { createdAt } = session;
    const founder = { ...wanted, account, createdAt, linkedIn: '' };
    if (there === undefined) return { ok: true, identity: founder };
  }
  return linkIdentity(call, linking, wanted);
}
