/** A collection as one request sees it: what is stored, and the changes of its transaction. */
import type { Database } from 'lmdb';
import type { Collection, Document } from './collection';
import type { CollectionIndexes } from './collection-indexes';
import { decodeDocument, encodeDocument, keyOf, type StoredDocument } from './stored-document';
import type { Change, OpenTransaction } from './transactions';

export interface OpenCollection {
  documents: Database<Buffer, string>;
  indexes: CollectionIndexes;
}

/** @param changes collects the changes of the request; the view does not show them */
export function collectionView(
  name: string,
  { documents, indexes }: OpenCollection,
  transaction: OpenTransaction | undefined,
  changes: Change[],
): Collection {
  const options = transaction === undefined ? {} : { transaction: transaction.snapshot };
  const own = transaction?.written(name) ?? new Map<string, StoredDocument | undefined>();
  const bytesOf = (key: string): Buffer | undefined =>
    own.has(key) ? own.get(key)?.bytes : documents.get(key, options);
  const get = (key: string): Document | undefined => {
    const bytes = bytesOf(key);
    return bytes && decodeDocument(bytes);
  };
  const change = (key: string, stored: StoredDocument | undefined): void =>
    void changes.push({ collection: name, key, stored });
  return {
    // A transaction's own changes are in no index before it is committed.
    indexes: transaction === undefined ? indexes.usable : [],
    get: (id) => get(keyOf(id)),
    *all() {
      for (const { key, value } of documents.getRange(options)) {
        const bytes = own.has(key) ? own.get(key)?.bytes : value;
        if (bytes !== undefined) yield decodeDocument(bytes);
      }
      for (const [key, stored] of own) {
        const isNew = documents.get(key, options) === undefined;
        if (isNew && stored !== undefined) yield decodeDocument(stored.bytes);
      }
    },
    *scan(range) {
      for (const key of indexes.scan(range)) {
        const document = get(key);
        if (document !== undefined) yield document;
      }
    },
    put: (document) => change(keyOf(document._id), encodeDocument(document)),
    putIfChanged(document) {
      const key = keyOf(document._id);
      const stored = encodeDocument(document);
      if (bytesOf(key)?.equals(stored.bytes) === true) return false;
      change(key, stored);
      return true;
    },
    remove: (id) => change(keyOf(id), undefined),
  };
}
