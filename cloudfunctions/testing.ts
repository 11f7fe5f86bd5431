/**
 * The door of the functions for tests in other places: the functions run in the process of the
 * test, on stores in memory. Exports are in the order of a request's way.
 */
import {
  functionEntry,
  timerEntry,
  type FunctionEnvironment,
} from './shared/session/function-entry';
import { loginAction } from './shared/session/login-action';
import { logoutAction } from './shared/session/logout-action';
import { sessionAction } from './shared/session/session-action';
import { sweepExpired } from './shared/session/sweep-expired';

/** The functions of the session system, by the names that they are deployed under. */
export const sessionFunctions = (environment: FunctionEnvironment) => ({
  login: functionEntry('login', environment, loginAction),
  logout: functionEntry('logout', environment, logoutAction),
  session: functionEntry('session', environment, sessionAction),
  sweep: timerEntry('sweep', environment, sweepExpired),
});

export type { ExchangeCode } from './gateway/exchange-code';
export { createGatewayApp } from './gateway/gateway-app';
export type { GatewayConfig } from './gateway/gateway-config';
export { gatewayEntry } from './gateway/gateway-entry';

export { functionEntry, type FunctionEnvironment };
export type { LoginReply, Refusal } from './shared/session/contract';
export { refuse } from './shared/session/refusal';
export {
  withOpenSession,
  withSession,
  type ProtectedCall,
  type ProtectedEnvironment,
} from './shared/session/with-session';

export { founderOf, ownAccount, personKey, type AccountId } from './shared/identity/account';
export {
  identityId,
  newRevision,
  isAtHome,
  ownIdentityId,
  phoneIdentityId,
  type IdentityChange,
  type IdentityId,
  type StoredIdentity,
} from './shared/identity/identity';
export type { IdentityStore } from './shared/identity/identity-store';
export type { SignIn, SignInHistory } from './shared/account/sign-in-history';
export type { AttemptKey, Attempts, AttemptStore } from './shared/password/attempts';
export { COST as PASSWORD_COST, verifyPassword } from './shared/password/password-hash';
export { cameInBy } from './shared/session/way-in';
export { loginPhoneAction } from './login-phone/login-phone-action';
export { loginPasswordAction } from './shared/ways-in/login-by-password';
export { freshWithinMs, identityAction } from './identity/identity-action';
export { accountAction } from './account/account-action';
export { authorizeAction } from './authorize/authorize-action';
export {
  newDeviceGrant,
  GRANT_LIFETIME_MS,
  type DeviceGrant,
  type DeviceGrantId,
} from './shared/device-grants/device-grant';
export type { DeviceGrantStore } from './shared/device-grants/device-grant-store';
export { noteAction, type NoteStore } from './note/note-action';
export { cloudNoteStore } from './note/cloud-note-store';
export {
  avatarFolder,
  profileAction,
  removeUpload,
  type KeptProfile,
  type ProfileStore,
} from './profile/profile-action';
export { cloudProfileStore } from './profile/cloud-profile-store';

export {
  createWindowedLimit,
  WINDOWS_AHEAD,
  type CounterStore,
} from './shared/counters/windowed-limit';
export { createLoginLimit } from './shared/session/login-limit';
export {
  defaultPolicy,
  FRESH_MS,
  hasSeveralWaysIn,
  MAX_SESSIONS_PER_USER,
  type SessionPolicy,
} from './shared/session/session-policy';
export {
  accountOf,
  describeSession,
  hasExpired,
  issueSession,
  verifySession,
  type ActiveSession,
  type Session,
} from './shared/session/session';
export { readToken } from './shared/session/open-session';
export type { WhileSignedIn } from './shared/session/while-signed-in';
export {
  hashAttempt,
  hashSecret,
  newSecret,
  parseToken,
  publicSessionId,
  sessionId,
  sessionIds,
  webSessionId,
  type SessionId,
} from './shared/session/session-token';
export {
  StoreUnavailableError,
  type Ending,
  type Revocation,
  type SessionStore,
} from './shared/session/session-store';
