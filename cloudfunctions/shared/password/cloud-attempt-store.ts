/** Attempts in the collection `password_attempts` (ADMINONLY), one document a key. */
import type { database } from 'wx-server-sdk';
import { insertUnlessThere, removeWhere, updateWhere } from '../database/conditional-writes';
import type { AttemptKey, Attempts, AttemptStore } from './attempts';

export function cloudAttemptStore(db: ReturnType<typeof database>): AttemptStore {
  const attempts = db.collection('password_attempts');
  const _ = db.command;
  return {
    async find(keys) {
      const reply: unknown = await attempts.where({ _id: _.in([...keys]) }).get();
      const { data } = reply as { data: Record<string, unknown>[] };
      return new Map(data.map((document) => [document['_id'] as AttemptKey, decode(document)]));
    },
    async replace(key, seen, { failures, until }, expiresAt) {
      const data = { failures, until, expiresAt };
      if (seen === undefined) return insertUnlessThere(attempts, { _id: key, ...data });
      // What `decode` takes for 0 may be anything.
      const failed = seen === 0 ? _.not(_.gte(1)) : seen;
      return (await updateWhere(attempts, { _id: key, failures: failed }, data)) === 1;
    },
    async remove(key, seen) {
      await removeWhere(attempts, { _id: key, ...(seen !== undefined && { failures: seen }) });
    },
  };
}

/** A document that was edited in the console may hold anything. */
function decode({ failures, until }: Readonly<Record<string, unknown>>): Attempts {
  return {
    failures: typeof failures === 'number' && failures >= 0 ? failures : 0,
    until: until instanceof Date && !Number.isNaN(until.getTime()) ? until : new Date(0),
  };
}
