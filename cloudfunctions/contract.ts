/**
 * The door of the functions for their callers. Types only: importing it costs the mini program no
 * bytes.
 */
import type { AccountReply, AccountRequest } from './account/account-contract';
import type {
  ApproveSignInReply,
  ApproveSignInRequest,
  DenySignInReply,
  DenySignInRequest,
  DescribeSignInReply,
  DescribeSignInRequest,
} from './authorize/authorize-contract';
import type { NoteReply, NoteRequest } from './note/note-contract';
import type { ProfileReply, ProfileRequest } from './profile/profile-contract';
import type {
  CheckReply,
  CheckRequest,
  ListReply,
  ListRequest,
  LoginPasswordRequest,
  LoginPhoneRequest,
  LoginReply,
  LoginRequest,
  LogoutReply,
  LogoutRequest,
  RevokeReply,
  RevokeRequest,
} from './shared/session/contract';
import type {
  HistoryReply,
  HistoryRequest,
  LinkReply,
  LinkRequest,
  ListIdentitiesReply,
  ListIdentitiesRequest,
  UnlinkReply,
  UnlinkRequest,
} from './shared/session/identity-contract';

export type { WebSignInRequest } from './authorize/authorize-contract';
export type { Profile } from './profile/profile-contract';
export type { Identity, SignInRecord } from './shared/session/identity-contract';
export type {
  Device,
  LogoutScope,
  Refusal,
  RefusalDetail,
  SessionErrorCode,
  SessionInfo,
  Site,
} from './shared/session/contract';

/**
 * Every function that a mini program calls: what it sends as `data`, and what it gets as `result`.
 * A function with several actions has a pair for each.
 */
export interface Contract {
  login: { request: LoginRequest; reply: LoginReply };
  'login-phone': { request: LoginPhoneRequest; reply: LoginReply };
  'login-password': { request: LoginPasswordRequest; reply: LoginReply };
  logout: { request: LogoutRequest; reply: LogoutReply };
  session:
    | { request: CheckRequest; reply: CheckReply }
    | { request: ListRequest; reply: ListReply }
    | { request: RevokeRequest; reply: RevokeReply };
  note: { request: NoteRequest; reply: NoteReply };
  profile: { request: ProfileRequest; reply: ProfileReply };
  identity:
    | { request: ListIdentitiesRequest; reply: ListIdentitiesReply }
    | { request: LinkRequest; reply: LinkReply }
    | { request: UnlinkRequest; reply: UnlinkReply }
    | { request: HistoryRequest; reply: HistoryReply };
  authorize:
    | { request: DescribeSignInRequest; reply: DescribeSignInReply }
    | { request: ApproveSignInRequest; reply: ApproveSignInReply }
    | { request: DenySignInRequest; reply: DenySignInReply };
  account: { request: AccountRequest; reply: AccountReply };
}
