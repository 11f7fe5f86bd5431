/** Calls by one person, on a store in memory, at a time that a test sets. */
import { beforeEach } from '@jest/globals';
import type { LoginReply, SessionInfo } from '../../../../cloudfunctions/shared/session/contract';
import { noIdentities } from '../../../../cloudfunctions/shared/identity/identity-store';
import type { Call } from '../../../../cloudfunctions/shared/session/function-entry';
import { loginAction } from '../../../../cloudfunctions/shared/session/login-action';
import { logoutAction } from '../../../../cloudfunctions/shared/session/logout-action';
import { openAny, readToken } from '../../../../cloudfunctions/shared/session/open-session';
import { sessionAction } from '../../../../cloudfunctions/shared/session/session-action';
import { defaultPolicy } from '../../../../cloudfunctions/shared/session/session-policy';
import { countingSessionStore } from '../../../support/counting-session-store';
import { memorySessionStore } from '../../../support/memory-session-store';
import { LIN, PHONE } from '../../../support/people';
import { AT } from '../../../support/sessions';

export interface SignedIn {
  token: string;
  id: string;
}

/** Starts again before each test of the file. */
export function sessionCalls(sessionsPerUser: number) {
  const world = {
    now: AT,
    limit: sessionsPerUser,
    store: countingSessionStore(memorySessionStore()),
  };
  beforeEach(() => {
    world.now = AT;
    world.limit = sessionsPerUser;
    world.store = countingSessionStore(memorySessionStore({ now: () => world.now }));
  });

  /** Served by an instance whose clock is that far ahead. */
  const ahead = (skewMs: number): Partial<Call> => ({
    now: new Date(world.now + skewMs),
    clock: () => new Date(world.now + skewMs),
  });
  const call = (event: unknown, changes: Partial<Call> = {}): Call => ({
    event,
    caller: LIN,
    now: new Date(world.now),
    clock: () => new Date(world.now),
    store: world.store,
    policy: { ...defaultPolicy, sessionsPerUser: world.limit },
    identities: noIdentities,
    expiring: [],
    isAbout: () => undefined,
    doing: () => undefined,
    concerns: () => undefined,
    report: () => undefined,
    ...changes,
  });

  /** A millisecond passes, so that no two sessions are equally old. */
  async function signIn(device = PHONE.name, data: object = {}): Promise<SignedIn> {
    const reply: LoginReply = await loginAction(call({ device: { name: device }, ...data }));
    if (!reply.ok) throw new Error(reply.code);
    world.now += 1;
    return { token: reply.sessionToken, id: reply.session.id };
  }
  /** Resolves to the token alone, and no time passes. */
  async function signInAs(changes: Partial<Call> = {}): Promise<string> {
    const reply = await loginAction(call({ device: PHONE }, changes));
    if (!reply.ok) throw new Error(reply.code);
    return reply.sessionToken;
  }
  const check = (sessionToken: string, changes: Partial<Call> = {}) =>
    sessionAction(call({ action: 'check', sessionToken }, changes));

  return {
    world,
    ahead,
    call,
    check,
    signIn,
    signInAs,
    async signInThree(): Promise<[SignedIn, SignedIn, SignedIn]> {
      return [await signIn('first'), await signIn('second'), await signIn('third')];
    },
    logout: (
      sessionToken: string,
      scope = 'this',
      more: object = {},
      changes: Partial<Call> = {},
    ) => logoutAction(call({ sessionToken, scope, ...more }, changes)),
    revoke: (sessionToken: string, sessionId: string) =>
      sessionAction(call({ action: 'revoke', sessionToken, sessionId })),
    /** As over HTTP, where nothing but the token says who it is. */
    openByItself(sessionToken: string): ReturnType<typeof openAny> {
      const token = readToken(sessionToken);
      if (token === undefined) throw new Error('this is no token');
      return openAny(call({}), token);
    },
    async codes(...signedIn: SignedIn[]): Promise<string[]> {
      const replies = await Promise.all(signedIn.map(({ token }) => check(token)));
      return replies.map((reply) => (reply.ok ? 'ok' : reply.code));
    },
    async list(token: string): Promise<SessionInfo[]> {
      const reply = await sessionAction(call({ action: 'list', sessionToken: token }));
      if (!reply.ok || !('sessions' in reply)) throw new Error('no list');
      return reply.sessions;
    },
  };
}
