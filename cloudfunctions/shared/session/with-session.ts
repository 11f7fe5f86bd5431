/**
 * Protects a function of your own: the handler runs only for a person who is signed in.
 *
 *     export const main = withSession('note', async ({ data, caller }) => {
 *       return { ok: true, greeting: `hello ${caller.openid}` };
 *     });
 *
 * The mini program calls it with `session.call('note', data)`, which sends the token along. A call without a good
 * session is answered with the same codes as `session`'s `check`, before the handler runs, and a handler that throws is
 * answered `INTERNAL`, or `UNAVAILABLE` when it was the SDK that threw.
 */
import type { Caller } from './caller';
import { cloudEnvironment } from './cloud-environment';
import type { Refusal, Reply, SessionInfo } from './contract';
import { functionEntry, type CloudFunction, type FunctionEnvironment } from './function-entry';
import { openSession } from './open-session';
import { refuse } from './refusal';
import { decodeProtected, type Fields } from './request';
import { describeSession } from './session';

export interface ProtectedCall {
  /** What the mini program sent, without the token. Written by the caller: check every field before you use it. */
  data: Fields;
  /** Who calls. WeChat vouches for it. */
  caller: Caller;
  session: SessionInfo;
  /** The time of the call. */
  now: Date;
}

export function withSession<R extends Reply<object>>(
  name: string,
  handler: (call: ProtectedCall) => Promise<R>,
  environment: FunctionEnvironment = cloudEnvironment(),
): CloudFunction<R | Refusal> {
  return functionEntry<R | Refusal>(name, environment, async (call) => {
    const request = decodeProtected(call.event);
    if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
    const opened = await openSession(call, request.value.sessionToken);
    if (!opened.ok) return opened;
    const { caller, now } = call;
    const session = describeSession(opened.session, true);
    return handler({ data: request.value.data, caller, session, now });
  });
}
