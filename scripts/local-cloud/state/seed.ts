/** Documents that a cloud starts with, or that a test adds without a function. */
import { randomBytes } from 'node:crypto';
import type { Seed } from '../control';
import type { Fields } from '../database/ejson';
import { DuplicateKey } from './collection-indexes';
import type { Document } from './collection';
import type { DocumentStore } from './document-store';

/** @throws TypeError when a document is there already */
export async function addDocuments(store: DocumentStore, seed: Seed): Promise<void> {
  for (const [name, documents] of Object.entries(seed)) {
    await store.addCollection(name);
    try {
      await store.write(name, (collection) => {
        for (const document of documents.map(withId)) {
          if (collection.get(document._id) !== undefined)
            throw new DuplicateKey('_id_', document._id);
          collection.put(document);
        }
      });
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error;
      throw new TypeError(`A document of "${name}" is there already: ${error.message}.`, {
        cause: error,
      });
    }
  }
}

/** Leaves collections alone that hold anything: a cloud that is started again goes on where it was. */
export async function seedEmpty(store: DocumentStore, seed: Seed): Promise<void> {
  const empty = Object.entries(seed).filter(
    ([name]) =>
      !store.hasCollection(name) ||
      store.read(name, (collection) => [...firstOf(collection.all())].length === 0),
  );
  await addDocuments(store, Object.fromEntries(empty));
}

function* firstOf<T>(values: Iterable<T>): Generator<T> {
  for (const value of values) {
    yield value;
    return;
  }
}

function withId(fields: Fields): Document {
  return { ...fields, _id: fields['_id'] ?? randomBytes(16).toString('hex') };
}
