/** The function `authorize`. Types only: the mini program imports them. */
import type { Device, Reply, Site } from '../shared/session/contract';

/**
 * What all of them have in common. A code that is of no use is `INVALID_INPUT` with `detail.field`
 * set to `userCode` and `detail.reason` to `unknown`, `expired` or `used`; too many tries by one
 * person are `TOO_MANY_ATTEMPTS`.
 */
interface OnUserCode {
  sessionToken: string;
  /** The eight letters that a web page shows. Lower case, spaces and hyphens do no harm. */
  userCode: string;
}

/** Who asks to be let in. Changes nothing. */
export interface DescribeSignInRequest extends OnUserCode {
  action: 'describe';
}
export type DescribeSignInReply = Reply<{ request: WebSignInRequest }>;

/** A web page that waits to be signed in as the person. */
export interface WebSignInRequest {
  site: Site;
  /** The browser, and as `platform` the system below it; either may be empty. It says so itself. */
  device: Device;
  /** When the page asked, epoch milliseconds. */
  createdAt: number;
  /** Until when it can be approved, epoch milliseconds. */
  expiresAt: number;
}

/**
 * Signs the page in as the person of this session, if that session is still good when the page
 * comes for it, a few seconds later. Approving it once more does no harm.
 */
export interface ApproveSignInRequest extends OnUserCode {
  action: 'approve';
}
export type ApproveSignInReply = Reply<{ approved: true }>;

/** The page is told that it was refused. Denying it once more does no harm. */
export interface DenySignInRequest extends OnUserCode {
  action: 'deny';
}
export type DenySignInReply = Reply<{ denied: true }>;

export type AuthorizeReply = DescribeSignInReply | ApproveSignInReply | DenySignInReply;
