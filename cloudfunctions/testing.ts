/** The door of the functions for tests of what stands beside them: the functions run in the process of the test, on stores in memory. */
export { accountAction } from './account/account-action';
export type { ExchangeCode } from './gateway/exchange-code';
export { createGatewayApp } from './gateway/gateway-app';
export type { GatewayConfig } from './gateway/gateway-config';
export { gatewayEntry } from './gateway/gateway-entry';
export { cloudNoteStore } from './note/cloud-note-store';
export { noteAction, type NoteStore } from './note/note-action';
export { cloudProfileStore } from './profile/cloud-profile-store';
export {
  avatarFolder,
  profileAction,
  removeUpload,
  type KeptProfile,
  type ProfileStore,
} from './profile/profile-action';
export type { Profile } from './profile/profile-contract';
export { createRateLimit } from './shared/counters/rate-limit';
export {
  WINDOWS_AHEAD,
  createWindowedLimit,
  type CounterStore,
} from './shared/counters/windowed-limit';
export type { LoginReply, Refusal } from './shared/session/contract';
export {
  functionEntry,
  timerEntry,
  type FunctionEnvironment,
} from './shared/session/function-entry';
export { readToken } from './shared/session/open-session';
export { refuse } from './shared/session/refusal';
export {
  describeSession,
  issueSession,
  type ActiveSession,
  type Session,
  verifySession,
} from './shared/session/session';
export { logIn, logOut, session } from './shared/session/session-actions';
export {
  LOGIN_WINDOW_MS,
  MAX_SESSIONS_PER_USER,
  defaultPolicy,
  type SessionPolicy,
} from './shared/session/session-policy';
export {
  StoreUnavailableError,
  type Ending,
  type Revocation,
  type SessionStore,
} from './shared/session/session-store';
export {
  hashAttempt,
  hashSecret,
  newSecret,
  parseToken,
  publicSessionId,
  sessionId,
  sessionIds,
  type SessionId,
} from './shared/session/session-token';
export { sweepExpired } from './shared/session/sweep-expired';
export {
  type ProtectedCall,
  type ProtectedEnvironment,
  withSession,
} from './shared/session/with-session';
