/** Documents that a cloud starts with, or that a test adds without calling a function. */
import type { Fields } from '../bson/fields';
import { InvalidRequest } from '../bson/invalid-request';
import { insertAll, withId } from './insert';
import { DuplicateKey } from './store/collection-indexes';
import type { DocumentStore } from './store/document-store';

/** Documents by collection. */
export type Seed = Readonly<Record<string, readonly Fields[]>>;

/** @throws TypeError when a document exists already, or can't be stored */
export async function addDocuments(store: DocumentStore, seed: Seed): Promise<void> {
  for (const [name, documents] of Object.entries(seed)) {
    await store.addCollection(name);
    try {
      await store.write(name, (collection) => insertAll(collection, documents.map(withId)));
    } catch (error) {
      if (error instanceof DuplicateKey || error instanceof InvalidRequest) {
        throw new TypeError(
          `The seed of "${name}" is refused: ${error.message.replace(/\.$/, '')}.`,
          {
            cause: error,
          },
        );
      }
      throw error;
    }
  }
}

/** Fills only collections that are empty: a restarted cloud carries on where it was. */
export async function seedEmpty(store: DocumentStore, seed: Seed): Promise<void> {
  const empty = Object.entries(seed).filter(
    ([name]) =>
      !store.hasCollection(name) || store.read(name, (collection) => isEmpty(collection.all())),
  );
  await addDocuments(store, Object.fromEntries(empty));
}

function isEmpty(values: Iterable<unknown>): boolean {
  for (const value of values) return value === undefined;
  return true;
}
