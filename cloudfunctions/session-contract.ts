/**
 * The door of the session's own functions for their callers, in any mini program. Types only:
 * importing it costs no bytes.
 */
import type {
  ApproveSignInReply,
  ApproveSignInRequest,
  DenySignInReply,
  DenySignInRequest,
  DescribeSignInReply,
  DescribeSignInRequest,
} from './authorize/authorize-contract';
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
 * What a mini program sends to each function as `data`, and what it gets as `result`. A function
 * with several actions has a pair for each.
 */
export interface SessionContract {
  login: { request: LoginRequest; reply: LoginReply };
  'login-phone': { request: LoginPhoneRequest; reply: LoginReply };
  'login-password': { request: LoginPasswordRequest; reply: LoginReply };
  logout: { request: LogoutRequest; reply: LogoutReply };
  session:
    | { request: CheckRequest; reply: CheckReply }
    | { request: ListRequest; reply: ListReply }
    | { request: RevokeRequest; reply: RevokeReply };
  identity:
    | { request: ListIdentitiesRequest; reply: ListIdentitiesReply }
    | { request: LinkRequest; reply: LinkReply }
    | { request: UnlinkRequest; reply: UnlinkReply }
    | { request: HistoryRequest; reply: HistoryReply };
  authorize:
    | { request: DescribeSignInRequest; reply: DescribeSignInReply }
    | { request: ApproveSignInRequest; reply: ApproveSignInReply }
    | { request: DenySignInRequest; reply: DenySignInReply };
}
