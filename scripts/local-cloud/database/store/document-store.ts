/**
 * Collections of documents in lmdb, as BSON, with their indexes. Once `write` or `commit` has
 * resolved, the change survives the death of this process at any moment.
 */
import type { Collection, IndexDefinition } from './collection';
import { CollectionIndexes, type IndexedChange } from './collection-indexes';
import { CollectionRecords } from './collection-records';
import { CollectionRevisions } from './collection-revisions';
import { collectionView, type OpenCollection } from './collection-view';
import { openFolder } from './open-folder';
import { decodeDocument } from './stored-document';
import type { Tables } from './tables';
import { type Change, TransactionConflict, Transactions } from './transactions';

export { FormatVersionError } from './tables';

export interface CollectionSummary {
  name: string;
  /** How many there are. */
  documents: number;
  /** Another one after each change of its documents. */
  revision: string;
}

export interface DocumentStore {
  /** Every collection, by name. */
  summaries(): CollectionSummary[];
  hasCollection(name: string): boolean;
  /** Resolves to `false` when the collection existed already. */
  addCollection(name: string): Promise<boolean>;
  /**
   * Builds the indexes that are missing, and drops those that are no longer wanted.
   *
   * @throws DuplicateKey when existing documents violate a unique index
   */
  ensureIndexes(name: string, indexes: readonly IndexDefinition[]): Promise<void>;
  /** @param transactionId of the transaction whose view of the collection is read */
  read<T>(name: string, run: (collection: Collection) => T, transactionId?: string): T;
  /**
   * Writes run one after the other. Either all changes of `run` are kept or, when it throws, none.
   * `run` is called again after waiting for an open transaction that has changed one of its
   * documents.
   *
   * @throws DuplicateKey, IndexValueTooLong, DocumentTooLarge; in a transaction also
   * TransactionConflict and NoSuchTransaction
   */
  write<T>(name: string, run: (collection: Collection) => T, transactionId?: string): Promise<T>;
  beginTransaction(): string;
  /** @throws NoSuchTransaction, DuplicateKey */
  commit(transactionId: string): Promise<void>;
  /** @throws NoSuchTransaction */
  abort(transactionId: string): void;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** There is none of this name, or no longer: everything was removed while a write waited. */
export class NoSuchCollection extends Error {
  override readonly name = 'NoSuchCollection';
}

/** @throws FormatVersionError when the folder was written in a format that is not understood */
export async function openDocumentStore(folder: string): Promise<DocumentStore> {
  return new LmdbDocumentStore(await openFolder(folder));
}

class LmdbDocumentStore implements DocumentStore {
  readonly #collections = new Map<string, OpenCollection>();
  #lastNumber = 0;
  readonly #transactions = new Transactions();
  readonly #revisions = new CollectionRevisions();
  readonly #summaries = new Map<string, CollectionSummary>();

  constructor(private readonly tables: Tables) {
    for (const { key, value } of tables.collections.getRange()) this.#open(key, value);
  }

  summaries(): CollectionSummary[] {
    this.tables.root.resetReadTxn();
    return [...this.#collections].sort(byName).map(([name, { records }]) => {
      const revision = this.#revisions.of(name);
      const last = this.#summaries.get(name);
      if (last?.revision === revision) return last;
      const summary = { name, documents: records.count(), revision };
      this.#summaries.set(name, summary);
      return summary;
    });
  }

  hasCollection(name: string): boolean {
    return this.#collections.has(name);
  }

  async addCollection(name: string): Promise<boolean> {
    return this.tables.root.transaction(() => {
      if (this.#collections.has(name)) return false;
      const number = this.#lastNumber + 1;
      void this.tables.collections.put(name, number);
      this.#open(name, number);
      return true;
    });
  }

  async ensureIndexes(name: string, wanted: readonly IndexDefinition[]): Promise<void> {
    const { records, indexes } = this.#collection(name);
    await indexes.ensure(wanted, records);
  }

  read<T>(name: string, run: (collection: Collection) => T, transactionId?: string): T {
    // lmdb keeps one snapshot for a whole turn of the event loop; a request must see every earlier
    // write.
    this.tables.root.resetReadTxn();
    return run(this.#view(name, transactionId, []));
  }

  async write<T>(
    name: string,
    run: (collection: Collection) => T,
    transactionId?: string,
  ): Promise<T> {
    if (transactionId !== undefined) return this.#writeInTransaction(name, run, transactionId);
    for (;;) {
      let written: readonly Change[] = [];
      const outcome = await this.tables.root.transaction(() => {
        // Collected first, so that an error in `run` leaves nothing half done.
        const changes: Change[] = [];
        const result = run(this.#view(name, undefined, changes));
        const blocker = this.#transactions.blockerOf(changes);
        if (blocker !== undefined) return { blocker };
        this.#apply(changes);
        written = changes;
        this.#transactions.began(written);
        return { result };
      });
      this.#committed(written);
      if (!('blocker' in outcome)) return outcome.result;
      await outcome.blocker;
    }
  }

  beginTransaction(): string {
    this.tables.root.resetReadTxn();
    return this.#transactions.begin(this.tables.root.useReadTransaction());
  }

  async commit(transactionId: string): Promise<void> {
    const transaction = this.#transactions.take(transactionId);
    const changes = transaction.changes();
    try {
      await this.tables.root.transaction(() => {
        this.#apply(changes);
        this.#transactions.began(changes);
      });
    } finally {
      this.#committed(changes);
      transaction.end();
    }
  }

  abort(transactionId: string): void {
    this.#transactions.take(transactionId).end();
  }

  async clear(): Promise<void> {
    this.#transactions.endAll();
    const { root, meta, collections, documents, records, indexes } = this.tables;
    await root.transaction(() => {
      for (const table of [collections, documents, records, indexes]) table.clearSync();
      for (const name of this.#collections.keys()) void meta.remove(`indexes:${name}`);
      this.#collections.clear();
    });
  }

  async close(): Promise<void> {
    this.#transactions.endAll();
    await this.tables.root.close();
  }

  async #writeInTransaction<T>(
    name: string,
    run: (collection: Collection) => T,
    transactionId: string,
  ): Promise<T> {
    const transaction = this.#transactions.get(transactionId);
    const changes: Change[] = [];
    const result = run(this.#view(name, transactionId, changes));
    try {
      transaction.add(changes);
    } catch (error) {
      // As in the cloud, a conflict ends the transaction.
      if (error instanceof TransactionConflict) this.#transactions.take(transactionId).end();
      throw error;
    }
    return Promise.resolve(result);
  }

  #committed(changes: readonly Change[]): void {
    this.#transactions.committed(changes);
    this.#revisions.changed(changes.map(({ collection }) => collection));
  }

  #apply(changes: readonly Change[]): void {
    const names = new Set(changes.map(({ collection }) => collection));
    // Planned first: violations show before anything is written.
    const planned = [...names].map((name) => {
      const collection = this.#collection(name);
      const own = changes.filter((change) => change.collection === name);
      const writes = lastOfEach(own).map((change) => plannedWrite(change, collection));
      return { collection, writes, updateIndexes: collection.indexes.plan(writes) };
    });
    for (const { collection, writes, updateIndexes } of planned) {
      for (const write of writes) perform(write, collection);
      updateIndexes();
    }
  }

  #view(name: string, transactionId: string | undefined, changes: Change[]): Collection {
    const transaction =
      transactionId === undefined ? undefined : this.#transactions.get(transactionId);
    return collectionView(name, this.#collection(name), transaction, changes);
  }

  /** @throws NoSuchCollection */
  #collection(name: string): OpenCollection {
    const collection = this.#collections.get(name);
    if (collection === undefined) throw new NoSuchCollection(name);
    return collection;
  }

  #open(name: string, number: number): void {
    this.#collections.set(name, {
      records: new CollectionRecords(this.tables, number),
      indexes: new CollectionIndexes(this.tables, { name, number }),
    });
    this.#lastNumber = Math.max(this.#lastNumber, number);
    this.#revisions.changed([name]);
  }
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** A change, with the numbers of the document in the order of insertion. */
interface Write extends IndexedChange {
  key: string;
  bytes: Buffer | undefined;
}

function plannedWrite(change: Change, { records, indexes }: OpenCollection): Write {
  const { key, stored, isMoved } = change;
  const before = change.before ?? asStored(key, { records, indexes });
  if (stored === undefined) return { key, bytes: undefined, before, after: undefined };
  const record = before === undefined || isMoved === true ? records.next() : before.record;
  return { key, bytes: stored.bytes, before, after: { record, document: stored.document } };
}

function asStored(key: string, { records, indexes }: OpenCollection): Change['before'] {
  const record = records.numberOf(key);
  if (record === undefined) return undefined;
  const bytes = indexes.usable.length === 0 ? undefined : records.get(record);
  return { record, entries: bytes === undefined ? [] : indexes.entriesOf(decodeDocument(bytes)) };
}

function perform({ key, bytes, before, after }: Write, { records }: OpenCollection): void {
  if (before !== undefined && before.record !== after?.record) records.remove(key, before.record);
  if (after === undefined || bytes === undefined) return;
  if (before?.record === after.record) records.replace(after.record, bytes);
  else records.put(key, after.record, bytes);
}

/** Of several changes to one document only the last one counts. */
function lastOfEach(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [change.key, change])).values()];
}
