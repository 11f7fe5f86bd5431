/** The door of the functions for whoever calls them: types only, so that importing it costs the mini program no bytes. */
export type { Profile, ProfileReply } from './profile/profile-contract';
export type {
  Device,
  LogoutScope,
  Refusal,
  RefusalDetail,
  SessionErrorCode,
  SessionInfo,
} from './shared/session/contract';
