/**
 * What every deployed function does around its action: establish the caller, run, turn a failure into one opaque code,
 * and write the log line. An entry adds the SDK and the clock.
 */
import { authLogLine, type AuthLogEntry } from './auth-log';
import { readCaller, type Caller } from './caller';
import type { Reply } from './contract';
import { refuse } from './refusal';
import type { Call } from './session-actions';
import type { SessionPolicy } from './session-policy';
import { StoreUnavailableError, type SessionStore } from './session-store';

export interface FunctionEnvironment {
  getWXContext: () => Readonly<Record<string, unknown>>;
  store: SessionStore;
  policy: SessionPolicy;
  now: () => Date;
  log: (line: string) => void;
}

export function functionEntry<T extends object>(
  name: AuthLogEntry['event'],
  environment: FunctionEnvironment,
  action: (call: Call) => Promise<Reply<T>>,
): (event: unknown) => Promise<Reply<T>> {
  const { store, policy, log } = environment;
  return async (event) => {
    const now = environment.now();
    const about: Pick<AuthLogEntry, 'caller' | 'sessionId' | 'error'> = {
      caller: undefined,
      sessionId: undefined,
    };
    const answer = async (caller: Caller | undefined): Promise<Reply<T>> => {
      if (caller === undefined) return refuse('NO_IDENTITY');
      const concerns = (id: string) => {
        about.sessionId = id;
      };
      return action({ event, caller, now, store, policy, concerns });
    };

    let reply: Reply<T>;
    try {
      about.caller = readCaller(environment.getWXContext(), policy.trustedSources);
      reply = await answer(about.caller);
    } catch (error) {
      about.error = error;
      reply = refuse(error instanceof StoreUnavailableError ? 'UNAVAILABLE' : 'INTERNAL');
    }
    const durationMs = environment.now().getTime() - now.getTime();
    log(authLogLine({ event: name, reply, durationMs, ...about }));
    return reply;
  };
}
