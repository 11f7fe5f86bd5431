/** The real functions, on a store in memory and a clock that tests move. */
import {
  type Refusal,
  type FunctionEnvironment,
  type Session,
  type SessionPolicy,
  type SessionId,
  sessionFunctions,
} from '#functions/testing';
import { memorySessionStore } from '../memory-session-store';
import { wxContextOf } from '../people';
import { AT } from '../sessions';
import { faultySessionStore, type CallTrace, type Fault } from './faulty-session-store';

export type FunctionName = keyof ReturnType<typeof sessionFunctions>;

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
          openid === undefined ? { SOURCE: 'wx_trigger' } : wxContextOf({ openid, appid: APPID }),
        store: trace.store,
        policy: this.policy,
        now: () => new Date(this.now),
        log: (line) => void logs.push(line),
      };
      const answered = sessionFunctions(environment)[name](event);
      const reply = await Promise.race([answered, trace.crashed.then(() => undefined)]);
      const { operations, hit, wrote } = trace;
      return { reply: reply as Reply | undefined, operations, hit, wrote };
    },
  };
  return world;
}
