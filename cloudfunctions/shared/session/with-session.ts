/**
 * Protects a function of your own: the handler runs only for a person who is signed in.
 *
 *     export const main = withSession('note', async ({ data, caller }) => {
 *       return { ok: true, greeting: `hello ${caller.openid}` };
 *     });
 *
 * The mini program calls it with `session.call('note', data)`, which sends the token along. A call
 * without a good session is refused with the codes of `session`'s `check` before the handler runs.
 * A handler that throws answers `INTERNAL`, or `UNAVAILABLE` when it was the SDK that threw.
 */
import { database } from 'wx-server-sdk';
import type { Caller } from '../identity/caller';
import { cloudEnvironment } from './cloud-environment';
import type { Refusal, Reply, SessionInfo } from './contract';
import { functionEntry, type CloudFunction, type FunctionEnvironment } from './function-entry';
import { openSession } from './open-session';
import { refuse } from './refusal';
import { decodeProtected, type Fields } from './request';
import { describeSession } from './session';
import { cloudWhileSignedIn, type CloudTransaction, type WhileSignedIn } from './while-signed-in';

export interface ProtectedCall {
  /**
   * What the mini program sent, without the token. The caller wrote it: check every field before
   * you use it.
   */
  data: Fields;
  /** Who calls. WeChat vouches for it. */
  caller: Caller;
  session: SessionInfo;
  /** The time of the call. */
  now: Date;
  /**
   * Runs the writes in a transaction that commits only while the session is good; otherwise nothing
   * is written and the refusal says why. For what is created for a person: an account that is
   * deleted meanwhile leaves nothing behind. Costs four database operations besides the writes;
   * updating what exists does not need it. May run `write` several times.
   */
  whileSignedIn: (
    write: (transaction: CloudTransaction) => Promise<void>,
  ) => Promise<{ ok: true } | Refusal>;
  /** Logs a failure that did not stop the call. */
  report: (error: unknown) => void;
}

/** A call whose session has ended, so that its handler does not run. */
export type RefusedCall = Pick<ProtectedCall, 'data' | 'caller' | 'report'> & Pick<Refusal, 'code'>;

export interface ProtectedEnvironment extends FunctionEnvironment {
  whileSignedIn: WhileSignedIn;
}

/**
 * @throws PolicyError when an environment variable of the function makes no sense; the function
 * then does not start
 */
export function protectedEnvironment(): ProtectedEnvironment {
  const databaseOptions: object = { throwOnNotFound: false };
  return {
    ...cloudEnvironment(),
    // Created on demand: most calls never need it.
    whileSignedIn: (...args) => cloudWhileSignedIn(database(databaseOptions))(...args),
  };
}

/**
 * @param tidyUp cleans up after a refused call, such as removing what was uploaded for it; what it
 * throws is logged
 */
export function withSession<R extends Reply<object>>(
  name: string,
  handler: (call: ProtectedCall) => Promise<R>,
  environment: ProtectedEnvironment = protectedEnvironment(),
  tidyUp: (call: RefusedCall) => Promise<void> = () => Promise.resolve(),
): CloudFunction<R | Refusal> {
  return functionEntry<R | Refusal>(name, environment, async (call) => {
    const request = decodeProtected(call.event);
    if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
    const opened = await openSession(call, request.value.sessionToken);
    const { caller, now, report } = call;
    if (!opened.ok) {
      const { code } = opened;
      await tidyUp({ data: request.value.data, caller, report, code }).catch(report);
      return opened;
    }
    const session = describeSession(opened.session, true);
    const whileSignedIn: ProtectedCall['whileSignedIn'] = async (write) => {
      if (await environment.whileSignedIn(opened.session, call.clock, write)) return { ok: true };
      const again = await openSession({ ...call, now: call.clock() }, request.value.sessionToken);
      // If it is good after all, nobody can say why it was not: the caller may try again.
      return again.ok ? refuse('UNAVAILABLE') : again;
    };
    return handler({ data: request.value.data, caller, session, now, whileSignedIn, report });
  });
}
