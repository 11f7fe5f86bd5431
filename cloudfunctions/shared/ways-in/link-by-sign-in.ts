/** Links what somebody signs in with, by the session that they get. */
import type { Call } from '../session/function-entry';
import type { WayIn } from '../session/login-action';
import { refuse } from '../session/refusal';
import { accountOf } from '../session/session';
import type { WhileSignedIn } from '../session/while-signed-in';
import { linkIdentity, type Linking, type WantedIdentity } from './link-identity';

/**
 * For the `confirm` of a sign-in: nothing is linked to an account that is being deleted. What
 * happened to the session or its way in at this very moment shows when it is tried again.
 */
export function linkBySignIn(
  call: Call,
  whileSignedIn: WhileSignedIn,
  wanted: WantedIdentity,
  condition: Pick<Linking, 'onlyByItsWechat'> = {},
): NonNullable<WayIn['confirm']> {
  return async (session) => {
    const linked = await linkIdentity(
      call,
      {
        ...condition,
        account: accountOf(session),
        session,
        whileSignedIn: async (write) =>
          (await whileSignedIn(session, call.clock, write)) ? { ok: true } : refuse('UNAVAILABLE'),
      },
      wanted,
    );
    if (linked.ok) return undefined;
    return linked.code === 'SESSION_NOT_FRESH' ? refuse('UNAVAILABLE') : linked;
  };
}
