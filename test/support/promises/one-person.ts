import type { LoginReply } from '../../../cloudfunctions/shared/session/contract';
import {
  functionEntry,
  timerEntry,
  type FunctionEnvironment,
} from '../../../cloudfunctions/shared/session/function-entry';
import { verifySession, type Session } from '../../../cloudfunctions/shared/session/session';
import { logIn, logOut, session } from '../../../cloudfunctions/shared/session/session-actions';
import { defaultPolicy } from '../../../cloudfunctions/shared/session/session-policy';
import type { SessionStore } from '../../../cloudfunctions/shared/session/session-store';
import {
  hashSecret,
  parseToken,
  type SessionId,
} from '../../../cloudfunctions/shared/session/session-token';
import { sweepExpired } from '../../../cloudfunctions/shared/session/sweep-expired';
import { memorySessionStore } from '../memory-session-store';
import { AT, LIN } from '../sessions';
import type { Actor } from './explore-schedules';

/** One person's calls, as actors on a store that they share, at a time that a case sets. */
export class OnePerson {
  now = AT;
  readonly sessions = new Map<SessionId, Session>();
  readonly store = memorySessionStore(this.sessions);

  constructor(readonly sessionsPerUser: number) {}

  login(device: string): Actor {
    return (store) =>
      functionEntry('login', this.environment(store), logIn)({ device: { name: device } });
  }

  logout(sessionToken: string, scope = 'this'): Actor {
    return (store) =>
      functionEntry('logout', this.environment(store), logOut)({ sessionToken, scope });
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
    return (store) => timerEntry('sweep', this.environment(store, 'wx_trigger'), sweepExpired)({});
  }

  async signIn(device: string): Promise<{ token: string; id: string }> {
    const reply = (await this.login(device)(this.store)) as LoginReply;
    if (!reply.ok) throw new Error(reply.code);
    return { token: reply.sessionToken, id: reply.session.id };
  }

  /** Whether this token would be good now, asked of the stored sessions and nobody else. */
  opens(token: string): boolean {
    const parsed = parseToken(token);
    if (parsed === undefined) return false;
    return verifySession(
      this.sessions.get(parsed.id),
      hashSecret(parsed.secret),
      { sessionsPerUser: this.sessionsPerUser },
      new Date(this.now),
    ).ok;
  }

  live(): number {
    const now = new Date(this.now);
    return [...this.sessions.values()].filter(
      ({ state, expiresAt }) => state === 'active' && now < expiresAt,
    ).length;
  }

  private session(event: object): Actor {
    return (store) => functionEntry('session', this.environment(store), session)(event);
  }

  private environment(store: SessionStore, source = 'wx_client'): FunctionEnvironment {
    return {
      getWXContext: () => ({ OPENID: LIN.openid, APPID: LIN.appid, SOURCE: source }),
      store,
      policy: { ...defaultPolicy, sessionsPerUser: this.sessionsPerUser },
      now: () => new Date(this.now),
      log: () => undefined,
    };
  }
}
