/** Sessions in the cloud database, in the collection `sessions`, one document each. */
import type { database } from 'wx-server-sdk';
import type { Device } from './contract';
import type { ActiveSession, Session } from './session';
import { StoreUnavailableError, type SessionStore } from './session-store';
import type { SessionId, TokenHash } from './session-token';

type Database = ReturnType<typeof database>;

const COLLECTION = 'sessions';

/** `DATABASE_COLLECTION_NOT_EXIST`, in the platform's table of error codes. */
const COLLECTION_NOT_EXIST = -502005;

/** @param db must be made with `throwOnNotFound: false`: here a document that is absent is an answer, not an error. */
export function cloudSessionStore(db: Database): SessionStore {
  const sessions = db.collection(COLLECTION);
  return {
    async put(session) {
      const { id, ...data } = session;
      await attempt('put', () => sessions.doc(id).set({ data }));
    },
    async find(id) {
      const reply = await attempt('find', () => sessions.doc(id).get());
      return decodeSession(field(reply, 'data'));
    },
    async remove(id, tokenHash) {
      const reply = await attempt('remove', () => sessions.where({ _id: id, tokenHash }).remove());
      const removed = field(field(reply, 'stats'), 'removed');
      return typeof removed === 'number' ? removed : 0;
    },
  };
}

async function attempt(operation: string, run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    throw new StoreUnavailableError(operation, error, hintFor(error));
  }
}

function hintFor(error: unknown): string | undefined {
  if (field(error, 'errCode') !== COLLECTION_NOT_EXIST) return undefined;
  return `the collection "${COLLECTION}" does not exist: create it in the cloud console (数据库 > 添加集合) and set its permission to ADMINONLY (所有用户不可读写)`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Fails closed: whatever is not exactly a session counts as absent. */
function decodeSession(value: unknown): Session | undefined {
  const text = (name: string) => decode(field(value, name), isString);
  const time = (name: string) => decode(field(value, name), isValidDate);
  const base = {
    id: text('_id') as SessionId | undefined,
    openid: text('openid'),
    appid: text('appid'),
    slot: decode(field(value, 'slot'), isNumber),
    tokenHash: text('tokenHash') as TokenHash | undefined,
    device: decodeDevice(field(value, 'device')),
    createdAt: time('createdAt'),
    renewedAt: time('renewedAt'),
    expiresAt: time('expiresAt'),
    absoluteExpiresAt: time('absoluteExpiresAt'),
  };
  if (!isComplete(base)) return undefined;

  const unionid = text('unionid');
  const session = unionid === undefined ? base : { ...base, unionid };
  switch (field(value, 'state')) {
    case 'active':
      return { ...session, state: 'active' } satisfies ActiveSession;
    case 'revoked': {
      const revocation = {
        revokedAt: time('revokedAt'),
        revokedBy: decodeDevice(field(value, 'revokedBy')),
      };
      return isComplete(revocation) ? { ...session, state: 'revoked', ...revocation } : undefined;
    }
    default:
      return undefined;
  }
}

function decodeDevice(value: unknown): Device | undefined {
  const device = {
    name: decode(field(value, 'name'), isString),
    platform: decode(field(value, 'platform'), isString),
  };
  return isComplete(device) ? device : undefined;
}

type Complete<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

const isComplete = <T extends object>(value: T): value is Complete<T> & T =>
  Object.values(value).every((part) => part !== undefined);

const decode = <T>(value: unknown, is: (value: unknown) => value is T): T | undefined =>
  is(value) ? value : undefined;

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isValidDate = (value: unknown): value is Date =>
  value instanceof Date && !Number.isNaN(value.getTime());
