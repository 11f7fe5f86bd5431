/** What `logout` does: ends the session of a token, or the sessions of the caller. */
import type { Device, LogoutReply, LogoutScope } from './contract';
import type { Call, SessionCall } from './function-entry';
import { ownAccount, type AccountId, type Owner } from '../identity/account';
import {
  accountOfCaller,
  everyId,
  isOf,
  ownToken,
  sessionOf,
  type ReadToken,
} from './open-session';
import { refuse } from './refusal';
import { decodeLogout } from './request';
import type { Ending } from './session-store';
import { accountOf, isUsableBy, type Session } from './session';
import { hasSeveralWaysIn } from './session-policy';
import { publicSessionId } from './session-token';

export async function logoutAction(call: Call): Promise<LogoutReply> {
  const request = decodeLogout(call.event);
  if (!request.ok) return refuse('INVALID_INPUT', { field: request.field });
  const { sessionToken, scope, askedAgoMs } = request.value;
  call.doing(scope);

  const token = ownToken(call, sessionToken);
  if (token !== undefined) call.concerns(publicSessionId(token.hash));
  if (scope !== 'this') return endSessions(call, token, scope, askedAgoMs);
  return token === undefined ? { ok: true, ended: 0 } : endSession(call, token, call.caller);
}

/**
 * Ends the session of the token in whatever state it is: no slot, limit or clock keeps it. One
 * database operation.
 *
 * @param caller who is vouched for: nobody ends a session with a token stolen from somebody else
 */
export async function endSession(
  call: SessionCall,
  token: ReadToken,
  caller?: Owner,
): Promise<LogoutReply> {
  return { ok: true, ended: await call.store.remove(token.id, token.hash, caller) };
}

/**
 * Ends the sessions of the account in every slot, in one operation: if the person asked a while ago,
 * those that were issued until then. The token need not be good, nor be a token: WeChat vouches for
 * the caller.
 */
async function endSessions(
  call: Call,
  token: ReadToken | undefined,
  scope: Exclude<LogoutScope, 'this'>,
  askedAgoMs: number,
): Promise<LogoutReply> {
  const { account, own } = hasSeveralWaysIn(call.policy)
    ? await whose(call, token)
    : await ownersSessions(call, token);
  if (account === undefined) return refuse('SESSION_MISSING');
  call.isAbout(account);
  const ending = { ids: everyId(account), tokenHash: token?.hash, scope };
  return endAll(call, ending, own?.device, askedAgoMs);
}

interface Whose {
  /** `undefined`: nobody can say whose sessions are meant. */
  account: AccountId | undefined;
  /** The session of the token. */
  own: Session | undefined;
}

async function ownersSessions(call: Call, token: ReadToken | undefined): Promise<Whose> {
  const account = ownAccount(call.caller);
  // One more read, for the name of the device that asks. With one session a person there is nobody
  // to tell it to.
  const isNamed = token !== undefined && call.policy.sessionsPerUser > 1;
  const own = isNamed ? sessionOf(await call.store.findAll(everyId(account)), token) : undefined;
  return { account, own };
}

/**
 * The account that the token was in, if its session is still known; else that of the caller's
 * WeChat. A token of yet another account, whose session is gone, is not taken for one of that:
 * something else would end than what the person saw. One or two database operations.
 */
async function whose(call: Call, token: ReadToken | undefined): Promise<Whose> {
  const found = token && (await call.store.find(token.id));
  const own = found && isUsableBy(found, call.caller) ? sessionOf([found], token) : undefined;
  if (own !== undefined) return { account: accountOf(own), own };
  const account = await accountOfCaller(call);
  const isMeant = token === undefined || isOf(account, token.id);
  return { account: isMeant ? account : undefined, own };
}

export async function endAll(
  call: SessionCall,
  ending: Omit<Ending, 'issuedUntil'>,
  revokedBy: Device = { name: '', platform: '' },
  askedAgoMs = 0,
): Promise<LogoutReply> {
  // Asked just now: all of them, also one that was issued by an instance whose clock is ahead.
  const issuedUntil =
    askedAgoMs === 0 ? undefined : new Date(Math.max(0, call.now.getTime() - askedAgoMs));
  const ended = await call.store.revokeAll(
    issuedUntil === undefined ? ending : { ...ending, issuedUntil },
    { revokedAt: call.now, revokedBy },
  );
  return { ok: true, ended };
}
