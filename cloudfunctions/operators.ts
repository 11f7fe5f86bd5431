/**
 * The door of the functions for those who operate a deployment: the keys under which an account's
 * documents are kept, and what is in them.
 */
export { signInsIn, type SignIn } from './shared/account/sign-in-history';
export {
  founderOf,
  ownAccount,
  personKey,
  type AccountId,
  type Owner,
} from './shared/identity/account';
export {
  ownIdentityId,
  phoneIdentityId,
  type IdentityId,
  type IdentityKind,
} from './shared/identity/identity';
export { decodeIdentity } from './shared/identity/identity-document';
export { E164 } from './shared/identity/phone-number';
export { everyId } from './shared/session/open-session';
export { isLive, type Session } from './shared/session/session';
export { decodeSession } from './shared/session/session-document';
export { PolicyError, readIdentityKey, readPolicy } from './shared/session/read-policy';
export { type SessionPolicy } from './shared/session/session-policy';
export { visibleText } from './shared/session/visible-text';
