/** The real functions, on a store in memory and a clock that tests move. */
import {
  type Refusal,
  functionEntry,
  timerEntry,
  type FunctionEnvironment,
  type Session,
  logIn,
  logOut,
  session,
  type SessionPolicy,
  type SessionId,
  sweepExpired,
} from '#functions/testing';
import { memorySessionStore } from '../memory-session-store';
import { AT } from '../sessions';
import { faultySessionStore, type CallTrace, type Fault } from './faulty-session-store';

export type FunctionName = 'login' | 'logout' | 'session' | 'sweep';

export type Reply = ({ ok: true } & Record<string, unknown>) | Refusal;

export interface CallResult extends Pick<CallTrace, 'operations' | 'hit' | 'wrote'> {
  /** `undefined`: the function was killed before it answered. */
  reply: Reply | undefined;
}

export interface SessionWorld {
  now: number;
  policy: SessionPolicy;
  readonly sessions: ReadonlyMap<SessionId, Session>;
  readonly logs: readonly string[];
  /** @param openid of who calls; `undefined` for the timer */
  call(
    name: FunctionName,
    openid: string | undefined,
    event: object,
    fault?: Fault,
  ): Promise<CallResult>;
}

export const APPID = 'wx-app';

export function createSessionWorld(initial: SessionPolicy): SessionWorld {
  const sessions = new Map<SessionId, Session>();
  const store = memorySessionStore({ sessions, now: () => world.now });
  const logs: string[] = [];
  const world: SessionWorld = {
    now: AT,
    policy: initial,
    sessions,
    logs,
    async call(name, openid, event, fault) {
      const trace = faultySessionStore(store, fault);
      const environment: FunctionEnvironment = {
        getWXContext: () =>
          openid === undefined
            ? { SOURCE: 'wx_trigger' }
            : { OPENID: openid, APPID, SOURCE: 'wx_client' },
        store: trace.store,
        policy: this.policy,
        now: () => new Date(this.now),
        log: (line) => void logs.push(line),
      };
      const answered = functions(environment)[name](event);
      const reply = await Promise.race([answered, trace.crashed.then(() => undefined)]);
      const { operations, hit, wrote } = trace;
      return { reply: reply as Reply | undefined, operations, hit, wrote };
    },
  };
  return world;
}

function functions(
  environment: FunctionEnvironment,
): Record<FunctionName, (event: unknown) => Promise<object>> {
  return {
    login: functionEntry('login', environment, logIn),
    logout: functionEntry('logout', environment, logOut),
    session: functionEntry('session', environment, session),
    sweep: timerEntry('sweep', environment, sweepExpired),
  };
}
