/** Signing in over HTTP with a name and a password. */
import type { Caller } from '../shared/identity/caller';
import { ownIdentityId } from '../shared/identity/identity';
import type { AttemptStore } from '../shared/password/attempts';
import type { Reply } from '../shared/session/contract';
import type { Call, OpenCall } from '../shared/session/function-entry';
import { refuse } from '../shared/session/refusal';
import type { WhileSignedIn } from '../shared/session/while-signed-in';
import { linkBySignIn } from '../shared/ways-in/link-by-sign-in';
import { takenElsewhere } from '../shared/ways-in/link-identity';
import {
  loginByPassword,
  readNamedPassword,
  type PasswordLinks,
} from '../shared/ways-in/login-by-password';
import { exchangePerson, type ExchangeDependencies } from './exchange-person';
import type { RouteContext } from './route';

/** What signing in with a password needs; without it, it is not offered here. */
export interface Passwords {
  attempts: AttemptStore;
  whileSignedIn: WhileSignedIn;
}

export interface PasswordLoginDependencies extends ExchangeDependencies {
  passwords?: Passwords | undefined;
}

/** Whom nobody vouches for: a password is all that they have shown. */
const NOBODY: Caller = { openid: '', appid: '' };

/**
 * With a name and a password alone, the session's token works over HTTP only. With a code too, it
 * is one of the app and person whom the code names; a QQ is linked to the account by that, since
 * nothing else links one.
 */
export async function passwordLogin(
  call: OpenCall,
  c: RouteContext,
  body: Readonly<Record<string, unknown>>,
  dependencies: PasswordLoginDependencies,
): Promise<Reply<object>> {
  const { passwords, limitExchange } = dependencies;
  if (passwords === undefined) return refuse('NOT_OFFERED');
  // A code is good once: the rest is checked before it is used.
  const login = readNamedPassword(call.policy, body);
  if (!login.ok) return login;
  const { attempts, whileSignedIn } = passwords;
  const hasCode = ['platform', 'appid', 'code'].some((field) => body[field] !== undefined);
  if (!hasCode) {
    const { clientAddress } = c.env;
    const retryAt = await limitExchange({ clientAddress, appid: '' }, call.now);
    if (retryAt !== undefined) return refuse('TOO_MANY_ATTEMPTS', { retryAt: retryAt.getTime() });
    const triedBy = clientAddress === undefined ? '' : `address:${clientAddress}`;
    return loginByPassword(call.isBy(NOBODY), login.value, { attempts, triedBy });
  }
  const known = await exchangePerson(call, c, body, dependencies);
  if (!known.ok) return known;
  const person = call.isBy(known.caller);
  const isQq = known.provider === 'qq';
  return loginByPassword(person, login.value, {
    attempts,
    ...(isQq && { links: linkingQq(person, whileSignedIn, login.value.request.device.name) }),
  });
}

function linkingQq(call: Call, whileSignedIn: WhileSignedIn, label: string): PasswordLinks {
  const id = ownIdentityId(call.caller, 'qq');
  return {
    async refusal(account) {
      const [there] = await call.identities.find([id]);
      return takenElsewhere(call, account, there);
    },
    confirm: linkBySignIn(call, whileSignedIn, { id, kind: 'qq', label }),
  };
}
