/** What `login-phone` does: signs in by a phone number that WeChat vouches for. */
import { ownAccount } from '../shared/identity/account';
import { ownIdentityId, type StoredIdentity } from '../shared/identity/identity';
import { isRecord } from '../shared/identity/is-record';
import type { LoginReply, Refusal } from '../shared/session/contract';
import type { Call } from '../shared/session/function-entry';
import { limited, record, signIn, type WayIn } from '../shared/session/login-action';
import { refuse } from '../shared/session/refusal';
import { decodeLogin } from '../shared/session/request';
import type { ProtectedEnvironment } from '../shared/session/with-session';
import { linkBySignIn } from '../shared/ways-in/link-by-sign-in';
import { hasNoRoom, type WantedIdentity } from '../shared/ways-in/link-identity';
import {
  isPhoneCode,
  phoneIdentity,
  type PhoneDependencies,
} from '../shared/ways-in/phone-identity';

export interface LoginPhoneDependencies extends PhoneDependencies {
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
  if (!isPhoneCode(code)) return refuse('INVALID_INPUT', { field: 'code' });
  const refused = limited(call);
  if (refused !== undefined) return refused;
  const wanted = await phoneIdentity(code, dependencies);
  if (wanted === undefined) return refuse('INVALID_INPUT', { field: 'code' });
  const way = await wayOf(call, wanted, dependencies);
  if (way.refusal === undefined) return signIn(call, way, request.value);
  // The owner sees who tried.
  return record(call, way, request.value, way.refusal);
}

/** Where the number leads, and why it does not open that account on this WeChat. */
async function wayOf(
  call: Call,
  wanted: WantedIdentity,
  { whileSignedIn }: LoginPhoneDependencies,
): Promise<WayIn & { refusal?: Refusal }> {
  const { id } = wanted;
  const ownId = ownIdentityId(call.caller);
  const found = await call.identities.find([id, ownId]);
  const phone = found.find((identity) => identity.id === id);
  const own = found.find((identity) => identity.id === ownId);
  const account = own?.account ?? ownAccount(call.caller);
  if (phone === undefined) {
    // A number that nobody has linked yet is linked to the account of the WeChat that signs in with
    // it, unless that has been linked elsewhere since its account was read.
    const confirm = linkBySignIn(call, whileSignedIn, wanted, { onlyByItsWechat: true });
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
