/** Inserting where the id of the document decides who is first. */
import type { database } from 'wx-server-sdk';

type Collection = ReturnType<ReturnType<typeof database>['collection']>;

/** A document with this id exists: as the cloud's documentation puts it, and as MongoDB does. */
const DUPLICATE_ID = /DATABASE_DUPLICATE_WRITE|E11000/;

/**
 * One database operation. Resolves to whether it inserted the document; `false`: there is one with
 * this `_id`.
 *
 * @throws what the SDK throws for any other failure
 */
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
