/** Documents with a time, `expiresAt`, from which they may be removed. */
import type { database } from 'wx-server-sdk';
import { removeWhere } from './conditional-writes';

export interface ExpiringDocuments {
  /**
   * Removes up to `limit` documents, at most 100, that have expired: two database operations.
   * Resolves to how many it found and removed.
   */
  removeExpired(now: Date, limit: number): Promise<{ found: number; removed: number }>;
}

export function expiringDocuments(
  db: ReturnType<typeof database>,
  name: string,
): ExpiringDocuments {
  const collection = db.collection(name);
  const _ = db.command;
  return {
    async removeExpired(now, limit) {
      const expired = { expiresAt: _.lte(now) };
      const reply: unknown = await collection
        .where(expired)
        .field({ _id: true })
        .limit(limit)
        .get();
      const ids = (reply as { data: { _id: string }[] }).data.map(({ _id }) => _id);
      if (ids.length === 0) return { found: 0, removed: 0 };
      // Only those that are still expired: one that was written since has the same id.
      const removed = await removeWhere(collection, { _id: _.in(ids), ...expired });
      return { found: ids.length, removed };
    },
  };
}
