/**
 * Decodes a document of the collection `sessions`, which somebody may have edited in the console.
 */
import type { AccountId } from '../identity/account';
import type { IdentityId } from '../identity/identity';
import type { Device, Site } from './contract';
import type { ActiveSession, Session } from './session';
import type { AttemptHash, PublicSessionId, SessionId, TokenHash } from './session-token';

/** Fails closed: whatever is not exactly a session counts as absent. */
export function decodeSession(value: unknown): Session | undefined {
  const string = (name: string) => decode(fieldOf(value, name), isString);
  const time = (name: string) => decode(fieldOf(value, name), isValidDate);
  const base = {
    id: string('_id') as SessionId | undefined,
    openid: string('openid'),
    appid: string('appid'),
    slot: decode(fieldOf(value, 'slot'), isNumber),
    tokenHash: string('tokenHash') as TokenHash | undefined,
    device: decodeDevice(fieldOf(value, 'device')),
    createdAt: time('createdAt'),
    renewedAt: time('renewedAt'),
    expiresAt: time('expiresAt'),
    absoluteExpiresAt: time('absoluteExpiresAt'),
  };
  if (!isComplete(base)) return undefined;

  const unionid = string('unionid');
  const attemptHash = string('attemptHash') as AttemptHash | undefined;
  const account = string('account') as AccountId | undefined;
  const identity = string('identity') as IdentityId | undefined;
  const signedInBy = decode(fieldOf(value, 'signedInBy'), isOtherWay);
  const client = decodeSite(fieldOf(value, 'client'));
  // A web session is not taken for a phone's because somebody has edited it.
  if (client === undefined && fieldOf(value, 'client') !== undefined) return undefined;
  const approvedIn = string('approvedIn') as PublicSessionId | undefined;
  const approvedAt = time('approvedAt');
  const session = {
    ...base,
    ...(unionid !== undefined && { unionid }),
    ...(attemptHash !== undefined && { attemptHash }),
    ...(account !== undefined && { account }),
    ...(identity !== undefined && { identity }),
    ...(signedInBy !== undefined && { signedInBy }),
    ...(client !== undefined && { client }),
    ...(approvedIn !== undefined && { approvedIn }),
    ...(approvedAt !== undefined && { approvedAt }),
  };
  switch (fieldOf(value, 'state')) {
    case 'active':
      return { ...session, state: 'active' } satisfies ActiveSession;
    case 'revoked': {
      const revocation = {
        revokedAt: time('revokedAt'),
        revokedBy: decodeDevice(fieldOf(value, 'revokedBy')),
      };
      return isComplete(revocation) ? { ...session, state: 'revoked', ...revocation } : undefined;
    }
    default:
      return undefined;
  }
}

/** `undefined` for what is not one. */
export function decodeSite(value: unknown): Site | undefined {
  const site = {
    id: decode(fieldOf(value, 'id'), isString),
    name: decode(fieldOf(value, 'name'), isString),
  };
  return isComplete(site) ? site : undefined;
}

/** `undefined` for what is not one. */
export function decodeDevice(value: unknown): Device | undefined {
  const device = {
    name: decode(fieldOf(value, 'name'), isString),
    platform: decode(fieldOf(value, 'platform'), isString),
  };
  return isComplete(device) ? device : undefined;
}

type Complete<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

const isComplete = <T extends object>(value: T): value is Complete<T> & T =>
  Object.values(value).every((part) => part !== undefined);

const decode = <T>(value: unknown, is: (value: unknown) => value is T): T | undefined =>
  is(value) ? value : undefined;

const isString = (value: unknown): value is string => typeof value === 'string';
const isOtherWay = (value: unknown): value is 'qq' | 'phone' | 'password' =>
  value === 'qq' || value === 'phone' || value === 'password';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isValidDate = (value: unknown): value is Date =>
  value instanceof Date && !Number.isNaN(value.getTime());

/** `undefined` if there is no such field, or `value` is no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
