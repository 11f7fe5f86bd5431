/**
 * For functions of other projects: `wechat-cloud-session/cloud`. The SDK is the function's own; it is
 * initialised for the environment that the function runs in.
 */
import type { Refusal, Reply } from './contract';
import type { ProtectedCall, Protection } from './protected-call';
import { protectedEnvironment, withSession as protect } from './with-session';

export type { Refusal, SessionErrorCode, SessionInfo } from './contract';
export type { ProtectedCall, Protection, RefusedCall } from './protected-call';

const environment = protectedEnvironment();

/**
 * Protects a function of your own: the handler runs only for a person who is signed in.
 *
 *     exports.main = withSession('orders', async ({ data, account }) => ({ ok: true, account }));
 *
 * The mini program calls it by `session.call('orders', data)`. A call without a good session is
 * refused before the handler runs.
 *
 * @param name of the function, for its log
 */
export const withSession = <R extends Reply<object>>(
  name: string,
  handler: (call: ProtectedCall) => Promise<R>,
  options: Protection = {},
): ((event: unknown, context?: unknown) => Promise<R | Refusal>) =>
  protect(name, handler, { ...options, environment });
