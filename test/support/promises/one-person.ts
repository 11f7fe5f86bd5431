import {
  type LoginReply,
  type FunctionEnvironment,
  readToken,
  verifySession,
  type Session,
  defaultPolicy,
  MAX_SESSIONS_PER_USER,
  type SessionStore,
  sessionId,
  type SessionId,
  sessionFunctions,
} from '#functions/testing';
import { memorySessionStore } from '../memory-session-store';
import { LIN, wxContextOf, LIN_ACCOUNT } from '../people';
import { AT } from '../sessions';
import type { Actor } from './explore-schedules';

/** One person's calls, as actors on a store that they share, at a time that a case sets. */
export class OnePerson {
  now = AT;
  readonly sessions = new Map<SessionId, Session>();
  readonly store = memorySessionStore({ sessions: this.sessions, now: () => this.now });

  constructor(readonly sessionsPerUser: number) {}

  /** The same calls, served by an instance with another clock or limit. */
  on({ skewMs = 0, sessionsPerUser = this.sessionsPerUser }): OnePerson {
    return Object.assign(Object.create(this) as OnePerson, {
      sessionsPerUser,
      clock: () => new Date(this.now + skewMs),
    });
  }

  private clock = (): Date => new Date(this.now);

  /**
   * Time passes: an actor too, so that it does so before, between and after the operations of the
   * others.
   */
  timePasses(ms: number): Actor {
    return async (store) => {
      await store.find(sessionId(LIN_ACCOUNT, MAX_SESSIONS_PER_USER));
      this.now += ms;
      return { ok: true };
    };
  }

  login(device: string, more: object = {}): Actor {
    return (store) =>
      sessionFunctions(this.environment(store)).login({ device: { name: device }, ...more });
  }

  logout(sessionToken: string, scope = 'this', more: object = {}): Actor {
    return (store) =>
      sessionFunctions(this.environment(store)).logout({ sessionToken, scope, ...more });
  }

  check(sessionToken: string): Actor {
    return this.session({ action: 'check', sessionToken });
  }

  list(sessionToken: string): Actor {
    return this.session({ action: 'list', sessionToken });
  }

  revoke(sessionToken: string, sessionId: string): Actor {
    return this.session({ action: 'revoke', sessionToken, sessionId });
  }

  sweep(): Actor {
    return (store) => sessionFunctions(this.environment(store, 'wx_trigger')).sweep({});
  }

  async signIn(device: string): Promise<{ token: string; id: string }> {
    const reply = (await this.login(device)(this.store, (store) => store)) as LoginReply;
    if (!reply.ok) throw new Error(reply.code);
    return { token: reply.sessionToken, id: reply.session.id };
  }

  /** Whether this token is good now, judged by the stored sessions alone. */
  opens(token: string): boolean {
    const read = readToken(token);
    if (read === undefined) return false;
    return verifySession(
      this.sessions.get(read.id),
      read.hash,
      { sessionsPerUser: this.sessionsPerUser, webSessionsPerUser: 1 },
      new Date(this.now),
    ).ok;
  }

  /** Whether this token might be good by some clock, under some limit. */
  mayOpen(token: string): boolean {
    const read = readToken(token);
    const session = read && this.sessions.get(read.id);
    return session?.state === 'active' && session.tokenHash === read?.hash;
  }

  live(): number {
    const now = new Date(this.now);
    return [...this.sessions.values()].filter(
      ({ state, expiresAt }) => state === 'active' && now < expiresAt,
    ).length;
  }

  private session(event: object): Actor {
    return (store) => sessionFunctions(this.environment(store)).session(event);
  }

  private environment(store: SessionStore, source = 'wx_client'): FunctionEnvironment {
    return {
      getWXContext: () => wxContextOf(LIN, source),
      store,
      policy: { ...defaultPolicy, sessionsPerUser: this.sessionsPerUser },
      now: this.clock,
      log: () => undefined,
    };
  }
}
