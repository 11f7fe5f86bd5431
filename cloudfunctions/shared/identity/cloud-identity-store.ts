/** Identities in the collection `identities` (ADMINONLY), one document each. */
import type { database } from 'wx-server-sdk';
import { insertUnlessThere, removeWhere, updateWhere } from '../database/conditional-writes';
import { newRevision, type IdentityChange } from './identity';
import { decodeIdentity } from './identity-document';
import type { IdentityStore } from './identity-store';

const COLLECTION = 'identities';
const MOST = 100;

/** The condition of a change does not hold: ends the transaction. */
class ChangedError extends Error {
  override readonly name = 'ChangedError';
}

const documentOf = ({ next }: IdentityChange): Record<string, unknown> => {
  const { id: _, ...data } = next ?? {};
  return { ...data, revision: newRevision() };
};

/** @param db must be created with `throwOnNotFound: false` */
export function cloudIdentityStore(db: ReturnType<typeof database>): IdentityStore {
  const identities = db.collection(COLLECTION);
  const _ = db.command;
  const read = async (where: object) => {
    const reply: unknown = await identities.where(where).limit(MOST).get();
    return (reply as { data: unknown[] }).data.map(decodeIdentity);
  };

  return {
    find: (ids) => read({ _id: _.in([...ids]) }),
    async ofAccount(account) {
      const found = await read({ account });
      return found.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    },
    async change(changes, within) {
      try {
        return await within(async (transaction) => {
          for (const change of changes) {
            const document = transaction.collection(COLLECTION).doc(change.id);
            const { data } = (await document.get()) as { data?: unknown };
            const found = data ? decodeIdentity(data) : undefined;
            if (found?.revision !== change.seen) throw new ChangedError();
            if (change.next !== undefined) await document.set({ data: documentOf(change) });
            else if (found !== undefined) await document.remove();
          }
        });
      } catch (error) {
        if (error instanceof ChangedError) return 'changed';
        throw error;
      }
    },
    async changeOne(change) {
      const { id: _id, seen, next } = change;
      if (seen === undefined) return insertUnlessThere(identities, { _id, ...documentOf(change) });
      const where = { _id, revision: seen };
      if (next === undefined) return (await removeWhere(identities, where)) === 1;
      // Not only what is written: nothing stays of what was there.
      const whole = { home: _.remove(), passwordHash: _.remove(), ...documentOf(change) };
      return (await updateWhere(identities, where, whole)) === 1;
    },
  };
}
