/** Sessions in the cloud database, in the collection `sessions`, one document each. */
import type { database } from 'wx-server-sdk';
import { insertUnlessThere, removeWhere, updateWhere } from '../database/conditional-writes';
import { expiringDocuments } from '../database/expiring-documents';
import { decodeSession, fieldOf } from './session-document';
import {
  orStoreUnavailable,
  type Ending,
  type Revocation,
  type SessionStore,
} from './session-store';

type Database = ReturnType<typeof database>;

const COLLECTION = 'sessions';

/** `DATABASE_COLLECTION_NOT_EXIST` in the cloud's table of error codes. */
const COLLECTION_NOT_EXIST = -502005;

/**
 * @param db must be created with `throwOnNotFound: false`: here a missing document is an answer,
 * not an error
 */
export function cloudSessionStore(db: Database): SessionStore {
  const sessions = db.collection(COLLECTION);
  const expiring = expiringDocuments(db, COLLECTION);
  const _ = db.command;
  const orUnavailable = <T>(operation: string, run: () => T): Promise<Awaited<T>> =>
    orStoreUnavailable(operation, run, hintFor);

  /** Updates the documents that match. Resolves to how many there were. */
  const update = (operation: string, where: object, data: object): Promise<number> =>
    orUnavailable(operation, () => updateWhere(sessions, where, data));

  // `_.set` replaces an object where the SDK would otherwise merge its fields one by one.
  const revoked = ({ revokedAt, revokedBy }: Revocation) => ({
    state: 'revoked',
    revokedAt,
    revokedBy: _.set(revokedBy),
  });

  function matching({ ids, tokenHash, scope, issuedUntil }: Ending): object {
    const all = { _id: _.in([...ids]), state: 'active' };
    const isOthers = scope === 'others' && tokenHash !== undefined;
    const some = isOthers ? { ...all, tokenHash: _.neq(tokenHash) } : all;
    if (issuedUntil === undefined) return some;
    const until = _.lte(issuedUntil);
    return _.or([
      { ...some, createdAt: until },
      { ...some, approvedAt: until },
      ...(scope === 'everywhere' && tokenHash !== undefined ? [{ ...all, tokenHash }] : []),
    ]);
  }

  return {
    async put({ id, ...data }) {
      await orUnavailable('put', () => sessions.doc(id).set({ data }));
    },
    async replace({ id, ...data }, seen) {
      if (seen === undefined) {
        return orUnavailable('insert', () => insertUnlessThere(sessions, { _id: id, ...data }));
      }
      const whole = {
        unionid: _.remove(),
        attemptHash: _.remove(),
        account: _.remove(),
        identity: _.remove(),
        signedInBy: _.remove(),
        client: _.remove(),
        approvedIn: _.remove(),
        approvedAt: _.remove(),
        revokedAt: _.remove(),
        revokedBy: _.remove(),
        ...data,
        device: _.set(data.device),
      };
      return (await update('replace', { _id: id, tokenHash: seen }, whole)) === 1;
    },
    async find(id) {
      const reply = await orUnavailable('find', () => sessions.doc(id).get());
      return decodeSession(fieldOf(reply, 'data'));
    },
    async findAll(ids) {
      const reply = await orUnavailable('find', () =>
        sessions.where({ _id: _.in([...ids]) }).get(),
      );
      return documentsIn(reply).flatMap((document) => decodeSession(document) ?? []);
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
    async remove(id, tokenHash, usableBy) {
      const owner = usableBy && { openid: usableBy.openid, appid: usableBy.appid };
      const where = { _id: id, tokenHash, state: 'active', ...owner };
      return orUnavailable('remove', () => removeWhere(sessions, where));
    },
    async removeAll(all) {
      if (all.length === 0) return;
      const where = {
        _id: _.in(all.map(({ id }) => id)),
        tokenHash: _.in(all.map(({ tokenHash }) => tokenHash)),
      };
      await orUnavailable('remove', () => removeWhere(sessions, where));
    },
    removeExpired: (now, limit) =>
      orUnavailable('remove expired', () => expiring.removeExpired(now, limit)),
  };
}

function documentsIn(reply: unknown): readonly unknown[] {
  const data = fieldOf(reply, 'data');
  return Array.isArray(data) ? data : [];
}

function hintFor(error: unknown): string | undefined {
  if (fieldOf(error, 'errCode') !== COLLECTION_NOT_EXIST) return undefined;
  return `the collection "${COLLECTION}" does not exist: create it in the cloud console (数据库 > 添加集合) and set its permission to ADMINONLY (所有用户不可读写)`;
}
