/** Inserting documents: what `add`, `set` and a seed have in common. */
import { randomBytes } from 'node:crypto';
import type { Fields } from '../bson/fields';
import type { Collection, Document } from './store/collection';
import { DuplicateKey } from './store/collection-indexes';

/** Generates ids as the platform does: 32 hexadecimal digits. */
export function withId(fields: Fields): Document {
  return { ...fields, _id: fields['_id'] ?? randomBytes(16).toString('hex') };
}

/** @throws DuplicateKey when an id is taken, or given twice */
export function insertAll(collection: Collection, documents: readonly Document[]): void {
  const ids = new Set<unknown>();
  for (const document of documents) {
    const { _id } = document;
    if (ids.has(_id) || collection.has(_id)) throw new DuplicateKey('_id_', { _id });
    ids.add(_id);
    collection.put(document);
  }
}
