/** A collection as one request sees it: what is stored, and the changes of its transaction. */
import type { Collection, Document } from './collection';
import type { CollectionIndexes } from './collection-indexes';
import type { At, CollectionRecords, StoredRecord } from './collection-records';
import { decodeDocument, encodeDocument, idKey, keyOf } from './stored-document';
import type { Change, OpenTransaction } from './transactions';

export interface OpenCollection {
  records: CollectionRecords;
  indexes: CollectionIndexes;
}

/** @param changes collects the changes of the request; the view does not show them */
export function collectionView(
  name: string,
  { records, indexes }: OpenCollection,
  transaction: OpenTransaction | undefined,
  changes: Change[],
): Collection {
  const at: At = transaction === undefined ? {} : { transaction: transaction.snapshot };
  const own = transaction?.written(name) ?? new Map<string, Change>();
  /** What was read, with the bytes that it was read from. */
  const read = new WeakMap<Document, { record: number | undefined; bytes: Buffer }>();
  const decode = (bytes: Buffer, record?: number): Document => {
    const document = decodeDocument(bytes);
    read.set(document, { record, bytes });
    return document;
  };
  const ofOwn = (change: Change): Document[] =>
    change.stored === undefined ? [] : [decode(change.stored.bytes)];
  const ofStored = ({ record, bytes }: StoredRecord): Document => decode(bytes, record);

  return {
    // A transaction's own changes are in no index before it is committed.
    indexes: transaction === undefined ? indexes.usable : [],
    has(id) {
      const key = keyOf(id);
      const change = own.get(key);
      return change === undefined
        ? records.numberOf(key, at) !== undefined
        : change.stored !== undefined;
    },
    get(id) {
      const key = keyOf(id);
      const change = own.get(key);
      if (change !== undefined) return ofOwn(change)[0];
      const stored = records.find(key, at);
      return stored && ofStored(stored);
    },
    *all() {
      const { changed, inserted } = places(own, records, at);
      for (const stored of records.all(at)) {
        const change = changed.get(stored.record);
        if (change === undefined) yield ofStored(stored);
        else if (!change.isMoved) yield* ofOwn(change);
      }
      for (const change of inserted) yield* ofOwn(change);
    },
    *scan(range) {
      for (const record of indexes.scan(range)) {
        const bytes = records.get(record, at);
        if (bytes !== undefined) yield decode(bytes, record);
      }
    },
    put(document) {
      changes.push({ collection: name, key: idKey(document), stored: encodeDocument(document) });
    },
    change(document, modify) {
      const before = read.get(document);
      if (before === undefined) throw new Error('the document was not read from this collection');
      const key = keyOf(document._id);
      const entries = transaction === undefined ? indexes.entriesOf(document) : [];
      modify(document);
      const stored = encodeDocument(document);
      if (before.bytes.equals(stored.bytes)) return false;
      const { record } = before;
      changes.push({
        collection: name,
        key,
        stored,
        ...(record !== undefined && { before: { record, entries } }),
      });
      return true;
    },
    remove: (id) => void changes.push({ collection: name, key: keyOf(id), stored: undefined }),
  };
}

/** Which stored documents the changes of a transaction concern, and which they add at the end. */
function places(
  own: ReadonlyMap<string, Change>,
  records: CollectionRecords,
  at: At,
): { changed: Map<number, Change>; inserted: Change[] } {
  const changed = new Map<number, Change>();
  const inserted: Change[] = [];
  for (const [key, change] of own) {
    const record = records.numberOf(key, at);
    if (record !== undefined) changed.set(record, change);
    if (record === undefined || change.isMoved === true) inserted.push(change);
  }
  return { changed, inserted };
}
