/** Documents with a time, `expiresAt`, from which they may be removed. */
import type { database } from 'wx-server-sdk';
import { removeWhere } from './conditional-writes';

/** `DATABASE_COLLECTION_NOT_EXIST` in the cloud's table of error codes. */
const COLLECTION_NOT_EXIST = -502005;

export interface ExpiringDocuments {
  /**
   * Removes up to `limit` documents, at most 100, that have expired: two database operations.
   * Resolves to how many it found and removed.
   */
  removeExpired(now: Date, limit: number): Promise<{ found: number; removed: number }>;
}

/** @param mayBeMissing a deployment that does not use it need not have the collection */
export function expiringDocuments(
  db: ReturnType<typeof database>,
  name: string,
  { mayBeMissing = false }: { mayBeMissing?: boolean } = {},
): ExpiringDocuments {
  const collection = db.collection(name);
  const _ = db.command;
  return {
    async removeExpired(now, limit) {
      const expired = { expiresAt: _.lte(now) };
      const read = (): unknown => collection.where(expired).field({ _id: true }).limit(limit).get();
      const reply = await (mayBeMissing ? unlessMissing(read) : read());
      if (reply === undefined) return { found: 0, removed: 0 };
      const ids = (reply as { data: { _id: string }[] }).data.map(({ _id }) => _id);
      if (ids.length === 0) return { found: 0, removed: 0 };
      // Only those that are still expired: one that was written since has the same id.
      const removed = await removeWhere(collection, { _id: _.in(ids), ...expired });
      return { found: ids.length, removed };
    },
  };
}

/** `undefined` where there is no such collection. */
async function unlessMissing(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    const { errCode } = (error ?? {}) as { errCode?: unknown };
    if (errCode === COLLECTION_NOT_EXIST) return undefined;
    throw error;
  }
}
