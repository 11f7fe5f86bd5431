import {
  describeSession,
  issueSession,
  type ActiveSession,
  type ProtectedCall,
  defaultPolicy,
  hashSecret,
  newSecret,
  ownAccount,
  sessionId,
} from '#functions/testing';
import { LIN, PHONE, LIN_ACCOUNT } from './people';

/** The fixed time of the tests. */
export const AT = Date.UTC(2026, 0, 15, 8, 0, 0, 123);

/** A session of Lin's that was issued at `AT`. */
export function activeSession(changes: Partial<ActiveSession> = {}): ActiveSession {
  const start = {
    ...LIN,
    id: sessionId(LIN_ACCOUNT, 0),
    slot: 0,
    tokenHash: hashSecret(newSecret()),
    device: PHONE,
  };
  return { ...issueSession(start, defaultPolicy, new Date(AT)), ...changes };
}

/** What `withSession` hands to a handler, for a person whose session stays good. */
export function protectedCall(data: Record<string, unknown>, caller = LIN): ProtectedCall {
  return {
    data,
    account: ownAccount(caller),
    caller,
    now: new Date(AT),
    session: describeSession(activeSession(), true),
    whileSignedIn: () => Promise.reject(new Error('there is no database here')),
    report: () => undefined,
  };
}
