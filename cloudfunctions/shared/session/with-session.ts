/**
 * Protects a function of your own: the handler runs only for a person who is signed in.
 *
 *     export const main = withSession('note', async ({ data, account }) => {
 *       return { ok: true, greeting: `hello ${account}` };
 *     });
 *
 * The mini program calls it with `session.call('note', data)`, which sends the token along. A call
 * without a good session is refused with the codes of `session`'s `check` before the handler runs.
 * A handler that throws answers `INTERNAL`, or `UNAVAILABLE` when it was the SDK that threw.
 */
import { database } from 'wx-server-sdk';
import { ownAccount, type AccountId } from '../identity/account';
import { cloudEnvironment } from './cloud-environment';
import type { Refusal, Reply } from './contract';
import {
  functionEntry,
  type Call,
  type CloudFunction,
  type FunctionEnvironment,
} from './function-entry';
import { accountOfCaller, isOf, openSession, readToken } from './open-session';
import type { ProtectedCall, Protection } from './protected-call';
import { refuse } from './refusal';
import { decodeProtected } from './request';
import { accountOf, describeSession, isFresh, isUsableBy, type ActiveSession } from './session';
import { hasSeveralWaysIn } from './session-policy';
import { cloudWhileSignedIn, type WhileSignedIn } from './while-signed-in';

export type { ProtectedCall, RefusedCall } from './protected-call';

export interface ProtectedEnvironment extends FunctionEnvironment {
  whileSignedIn: WhileSignedIn;
}

export interface ProtectionOptions extends Protection {
  environment?: ProtectedEnvironment;
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

export function withSession<R extends Reply<object>>(
  name: string,
  handler: (call: ProtectedCall) => Promise<R>,
  options: ProtectionOptions = {},
): CloudFunction<R | Refusal> {
  return withOpenSession(name, handler, options);
}

/** What a function of the session system may use besides. */
export interface OpenSession {
  call: Call;
  session: ActiveSession;
}

/** As `withSession`, for the functions of the session system. */
export function withOpenSession<R extends Reply<object>>(
  name: string,
  handler: (call: ProtectedCall, opened: OpenSession) => Promise<R>,
  { environment = protectedEnvironment(), freshWithinMs, tidyUp }: ProtectionOptions = {},
): CloudFunction<R | Refusal> {
  return functionEntry<R | Refusal>(name, environment, async (call) => {
    const request = decodeProtected(call.event);
    if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
    const { sessionToken, data } = request.value;
    const { caller, now, report } = call;
    const opened = await openSession(call, sessionToken);
    if (!opened.ok) {
      if (tidyUp !== undefined) {
        const account = await accountOfRefused(call, sessionToken).catch(report);
        const refused = account && { data, account, caller, report, code: opened.code };
        if (refused) await tidyUp(refused).catch(report);
      }
      return opened;
    }
    const { session } = opened;
    const within = typeof freshWithinMs === 'function' ? freshWithinMs(data) : freshWithinMs;
    if (within !== undefined && !isFresh(session, within, now)) return refuse('SESSION_NOT_FRESH');
    const whileSignedIn: ProtectedCall['whileSignedIn'] = async (write) => {
      if (await environment.whileSignedIn(session, call.clock, write)) return { ok: true };
      const again = await openSession({ ...call, now: call.clock() }, sessionToken);
      // If it is good after all, nobody can say why it was not: the caller may try again.
      return again.ok ? refuse('UNAVAILABLE') : again;
    };
    const described = describeSession(session, true);
    const account = accountOf(session);
    return handler(
      { data, account, caller, session: described, now, whileSignedIn, report },
      { call, session },
    );
  });
}

/**
 * Whose account a token was of that opens nothing any more; `undefined`: nobody can say. Up to two
 * database operations with several ways in.
 */
async function accountOfRefused(call: Call, sessionToken: string): Promise<AccountId | undefined> {
  const token = readToken(sessionToken);
  if (token === undefined || !hasSeveralWaysIn(call.policy)) return ownAccount(call.caller);
  const found = await call.store.find(token.id);
  if (found !== undefined && isUsableBy(found, call.caller)) return accountOf(found);
  const account = await accountOfCaller(call);
  return isOf(account, token.id) ? account : undefined;
}
