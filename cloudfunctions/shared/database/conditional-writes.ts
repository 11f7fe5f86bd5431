/**
 * Writes that take place only under a condition, which the database checks and carries out as one:
 * of several at once, it lets one be first. One database operation each; what the SDK throws is
 * thrown on.
 */
import type { database } from 'wx-server-sdk';

type Collection = ReturnType<ReturnType<typeof database>['collection']>;

/** A document with this id exists: as the cloud's documentation puts it, and as MongoDB does. */
const DUPLICATE_ID = /DATABASE_DUPLICATE_WRITE|E11000/;

/** Resolves to whether it inserted the document; `false`: there is one with this `_id`. */
export async function insertUnlessThere(
  collection: Collection,
  document: Readonly<Record<string, unknown>> & { _id: string },
): Promise<boolean> {
  try {
    await collection.add({ data: document });
    return true;
  } catch (error) {
    const { errMsg } = (error ?? {}) as { errMsg?: unknown };
    if (DUPLICATE_ID.test(String(errMsg))) return false;
    throw error;
  }
}

/** Resolves to how many documents matched and were updated. */
export async function updateWhere(
  collection: Collection,
  where: object,
  data: object,
): Promise<number> {
  return statOf(await collection.where(where).update({ data }), 'updated');
}

/** Resolves to how many documents matched and were removed. */
export async function removeWhere(collection: Collection, where: object): Promise<number> {
  return statOf(await collection.where(where).remove(), 'removed');
}

/** The types of the SDK leave out what it answers. */
function statOf(reply: unknown, name: 'updated' | 'removed'): number {
  const { stats } = (reply ?? {}) as { stats?: Readonly<Record<string, unknown>> };
  const count = stats?.[name];
  // What is not known to have taken place must not be answered as if it were known.
  if (typeof count !== 'number') throw new TypeError(`the reply does not say what was ${name}`);
  return count;
}
