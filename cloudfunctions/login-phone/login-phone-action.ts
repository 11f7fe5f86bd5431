/** What `login-phone` does: signs in by a phone number that WeChat vouches for. */
import { ownAccount } from '../shared/identity/account';
import { ownIdentityId, phoneIdentityId, type StoredIdentity } from '../shared/identity/identity';
import type { PhoneNumber } from '../shared/identity/phone-number';
import { isRecord } from '../shared/identity/is-record';
import type { LoginReply, Refusal } from '../shared/session/contract';
import type { Call } from '../shared/session/function-entry';
import { limited, record, signIn, type WayIn } from '../shared/session/login-action';
import { refuse } from '../shared/session/refusal';
import { decodeLogin } from '../shared/session/request';
import type { ActiveSession } from '../shared/session/session';
import { MAX_PHONE_CODE_LENGTH } from '../shared/session/session-policy';
import type { ProtectedEnvironment } from '../shared/session/with-session';
import { hasNoRoom, linkIdentity } from '../shared/ways-in/link-identity';
import type { ReadPhoneNumber } from '../shared/ways-in/phone-code';

export interface LoginPhoneDependencies {
  readPhoneNumber: ReadPhoneNumber;
  /** With which phone numbers are hashed. */
  identityKey: string;
  whileSignedIn: ProtectedEnvironment['whileSignedIn'];
}

export async function loginPhoneAction(
  call: Call,
  dependencies: LoginPhoneDependencies,
): Promise<LoginReply> {
  if (!call.policy.signInMethods.includes('phone')) return refuse('NOT_OFFERED');
  const request = decodeLogin(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const code = isRecord(call.event) ? call.event['code'] : undefined;
  if (typeof code !== 'string' || code === '' || code.length > MAX_PHONE_CODE_LENGTH) {
    return refuse('INVALID_INPUT', { field: 'code' });
  }
  const refused = limited(call);
  if (refused !== undefined) return refused;
  const number = await dependencies.readPhoneNumber(code);
  if (number === 'bad') return refuse('INVALID_INPUT', { field: 'code' });
  const way = await wayOf(call, number, dependencies);
  if (way.refusal === undefined) return signIn(call, way, request.value);
  // The owner sees who tried.
  return record(call, way, request.value, way.refusal);
}

/** Where the number leads, and why it does not open that account on this WeChat. */
async function wayOf(
  call: Call,
  number: PhoneNumber,
  dependencies: LoginPhoneDependencies,
): Promise<WayIn & { refusal?: Refusal }> {
  const id = phoneIdentityId(number.e164, dependencies.identityKey);
  const ownId = ownIdentityId(call.caller);
  const found = await call.identities.find([id, ownId]);
  const phone = found.find((identity) => identity.id === id);
  const own = found.find((identity) => identity.id === ownId);
  const account = own?.account ?? ownAccount(call.caller);
  if (phone === undefined) {
    const confirm = linked(call, number, id, dependencies);
    const way: WayIn = { kind: 'phone', account, identity: id, confirm };
    // Known before a session takes anybody's place. A WeChat without a document has linked nothing.
    const isFull = own !== undefined && (await hasNoRoom(call, account));
    return isFull ? { ...way, refusal: refuse('INVALID_INPUT', { field: 'action' }) } : way;
  }
  const confirm = async () => {
    const again = await call.identities.find([id, ownId]);
    const [phoneNow, ownNow] = [id, ownId].map((one) => again.find((now) => now.id === one));
    const isSo = phoneNow?.account === phone.account && opens(call, phoneNow, ownNow);
    return isSo ? undefined : refuse('UNAVAILABLE');
  };
  const way: WayIn = { kind: 'phone', account: phone.account, identity: id, confirm };
  return opens(call, phone, own) ? way : { ...way, refusal: refuse('IDENTITY_TAKEN') };
}

/** The number alone is no proof: WeChat does not say that it was just checked. */
function opens(
  { caller, policy }: Call,
  phone: StoredIdentity,
  own: StoredIdentity | undefined,
): boolean {
  return policy.phoneOpensAccounts || phone.account === (own?.account ?? ownAccount(caller));
}

/**
 * A number that nobody has linked yet is linked to the account of the WeChat that signs in with it,
 * by that very session: nothing is linked to an account that is being deleted.
 */
function linked(
  call: Call,
  { label }: PhoneNumber,
  id: StoredIdentity['id'],
  { whileSignedIn }: LoginPhoneDependencies,
): NonNullable<WayIn['confirm']> {
  return async (session: ActiveSession) => {
    const account = session.account ?? ownAccount(session);
    const outcome = await linkIdentity(
      call,
      {
        account,
        session,
        // It may have been linked elsewhere since its account was read.
        onlyByItsWechat: true,
        whileSignedIn: async (write) =>
          (await whileSignedIn(session, call.clock, write))
            ? { ok: true }
            : // A later sign-in has its place.
              refuse('UNAVAILABLE'),
      },
      { id, kind: 'phone', label },
    );
    return outcome.ok ? undefined : outcome;
  };
}
