/**
 * What the mini program knows about the person's session, and how each event changes it. No `wx` in
 * here.
 */
import type { RefusalDetail, SessionErrorCode, SessionInfo } from '#functions/session-contract';

/**
 * The codes that say for certain that there is no session any more. Nothing else signs anybody out.
 */
export type EndCode = Extract<
  SessionErrorCode,
  'SESSION_MISSING' | 'SESSION_EXPIRED' | 'SESSION_REPLACED' | 'SESSION_REVOKED'
>;

/** Why a call failed without saying anything about the session. `NETWORK`: no answer came back. */
export type ProblemCode = Exclude<SessionErrorCode, EndCode> | 'NETWORK';

export interface SessionEnd {
  code: EndCode;
  detail?: RefusalDetail;
}

export type SessionActivity = 'login' | 'check';

/** Why the last attempt failed. The session is as it was before. */
interface Problem {
  problem: ProblemCode;
  /** What the refusal said besides: which field, or when to try again. */
  problemDetail?: RefusalDetail;
}

interface StateBase extends Partial<Problem> {
  /** What is under way. */
  busy?: SessionActivity;
}

export type SessionState =
  /** `ended`: why this device is signed out; absent when the person signed out here. */
  | ({ status: 'signedOut'; ended?: SessionEnd } & StateBase)
  | ({ status: 'signedIn'; session: SessionInfo } & StateBase);

/**
 * Names the session of this phone; `''`: there is none. Each sign-in of a person has a session of
 * its own.
 */
export const sessionIdOf = (state: SessionState): string =>
  state.status === 'signedIn' ? state.session.id : '';

export type SessionEvent =
  | { type: 'started'; activity: SessionActivity }
  | { type: 'confirmed'; session: SessionInfo }
  | { type: 'ended'; end?: SessionEnd }
  | { type: 'failed'; failure: Problem }
  | { type: 'online' };

export function reduceSession(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'started':
      return { ...settled(state), busy: event.activity };
    case 'confirmed':
      return { status: 'signedIn', session: event.session };
    case 'ended':
      return { status: 'signedOut', ...(event.end && { ended: event.end }) };
    case 'failed':
      return { ...settled(state), ...event.failure };
    case 'online':
      return state.problem === 'NETWORK' ? settled(state) : state;
  }
}

/** The state without what belongs to one attempt. */
function settled({
  busy: _busy,
  problem: _problem,
  problemDetail: _detail,
  ...rest
}: SessionState): SessionState {
  return rest;
}
