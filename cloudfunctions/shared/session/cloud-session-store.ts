/** Sessions in the cloud database, in the collection `sessions`, one document each. */
import type { database } from 'wx-server-sdk';
import type { Device } from './contract';
import type { ActiveSession, Session } from './session';
import {
  StoreUnavailableError,
  type Ending,
  type Revocation,
  type SessionStore,
} from './session-store';
import type { AttemptHash, SessionId, TokenHash } from './session-token';

type Database = ReturnType<typeof database>;

const COLLECTION = 'sessions';

/** `DATABASE_COLLECTION_NOT_EXIST`, in the platform's table of error codes. */
const COLLECTION_NOT_EXIST = -502005;

/** How the platform says that a document with this id is there already, as its documentation and as MongoDB puts it. */
const DUPLICATE_ID = /DATABASE_DUPLICATE_WRITE|E11000/;

/** @param db must be made with `throwOnNotFound: false`: here a document that is absent is an answer, not an error. */
export function cloudSessionStore(db: Database): SessionStore {
  const sessions = db.collection(COLLECTION);
  const _ = db.command;

  /** Updates what matches, and resolves to how many that were. */
  async function update(operation: string, where: object, data: object): Promise<number> {
    const reply = await attempt(operation, () => sessions.where(where).update({ data }));
    return count(reply, 'updated');
  }

  // `_.set` replaces an object where the SDK would otherwise merge its fields one by one.
  const revoked = ({ revokedAt, revokedBy }: Revocation) => ({
    state: 'revoked',
    revokedAt,
    revokedBy: _.set(revokedBy),
  });

  function matching({ ids, tokenHash, scope, issuedUntil }: Ending): object {
    const all = { _id: _.in([...ids]), state: 'active' };
    const some = issuedUntil === undefined ? all : { ...all, createdAt: _.lte(issuedUntil) };
    if (tokenHash === undefined) return some;
    if (scope === 'others') return { ...some, tokenHash: _.neq(tokenHash) };
    return issuedUntil === undefined ? all : _.or([some, { ...all, tokenHash }]);
  }

  return {
    async put({ id, ...data }) {
      await attempt('put', () => sessions.doc(id).set({ data }));
    },
    async replace({ id, ...data }, seen) {
      if (seen === undefined) return insert({ _id: id, ...data });
      const whole = {
        unionid: _.remove(),
        attemptHash: _.remove(),
        revokedAt: _.remove(),
        revokedBy: _.remove(),
        ...data,
        device: _.set(data.device),
      };
      return (await update('replace', { _id: id, tokenHash: seen }, whole)) === 1;
    },
    async find(id) {
      const reply = await attempt('find', () => sessions.doc(id).get());
      return decodeSession(field(reply, 'data'));
    },
    async findAll(ids) {
      const reply = await attempt('find', () => sessions.where({ _id: _.in([...ids]) }).get());
      return list(reply).flatMap((document) => decodeSession(document) ?? []);
    },
    async renew(id, tokenHash, renewal) {
      const where = { _id: id, tokenHash, state: 'active', expiresAt: _.gt(db.serverDate()) };
      return (await update('renew', where, renewal)) === 1;
    },
    revoke(id, tokenHash, revocation) {
      return update('revoke', { _id: id, tokenHash, state: 'active' }, revoked(revocation));
    },
    revokeAll(ending, revocation) {
      return update('revoke', matching(ending), revoked(revocation));
    },
    async remove(id, tokenHash) {
      const where = { _id: id, tokenHash, state: 'active' };
      const reply = await attempt('remove', () => sessions.where(where).remove());
      return count(reply, 'removed');
    },
    async removeAll(all) {
      if (all.length === 0) return;
      const where = {
        _id: _.in(all.map(({ id }) => id)),
        tokenHash: _.in(all.map(({ tokenHash }) => tokenHash)),
      };
      await attempt('remove', () => sessions.where(where).remove());
    },
    async removeExpired(now, limit) {
      const expired = { expiresAt: _.lte(now) };
      const found = await attempt('find expired', () =>
        sessions.where(expired).field({ _id: true }).limit(limit).get(),
      );
      const ids = list(found).map((document) => field(document, '_id'));
      if (ids.length === 0) return { found: 0, removed: 0 };
      // Only those that are still expired: somebody may have signed in since, and their session has the same id.
      const reply = await attempt('remove expired', () =>
        sessions.where({ _id: _.in(ids), ...expired }).remove(),
      );
      return { found: ids.length, removed: count(reply, 'removed') };
    },
  };

  async function insert(document: object): Promise<boolean> {
    try {
      await attempt('insert', () => sessions.add({ data: document }));
      return true;
    } catch (error) {
      const cause = error instanceof StoreUnavailableError ? error.cause : undefined;
      if (DUPLICATE_ID.test(String(field(cause, 'errMsg')))) return false;
      throw error;
    }
  }
}

async function attempt(operation: string, run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    throw new StoreUnavailableError(operation, error, hintFor(error));
  }
}

function count(reply: unknown, name: string): number {
  const value = field(field(reply, 'stats'), name);
  return typeof value === 'number' ? value : 0;
}

function list(reply: unknown): readonly unknown[] {
  const data = field(reply, 'data');
  return Array.isArray(data) ? data : [];
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
export function decodeSession(value: unknown): Session | undefined {
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
  const attemptHash = text('attemptHash') as AttemptHash | undefined;
  const session = {
    ...base,
    ...(unionid !== undefined && { unionid }),
    ...(attemptHash !== undefined && { attemptHash }),
  };
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
