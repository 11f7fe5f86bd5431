/**
 * Collections of documents in lmdb, as BSON, with their indexes. Once `write` or `commit` has
 * resolved, the change survives the death of this process at any moment.
 */
import type { Collection, IndexDefinition } from './collection';
import { CollectionIndexes } from './collection-indexes';
import { CollectionRecords } from './collection-records';
import { CollectionRevisions } from './collection-revisions';
import { collectionView, type OpenCollection } from './collection-view';
import { commit, NotWritten } from './commit';
import { openFolder } from './open-folder';
import type { Tables } from './tables';
import { type Change, TransactionConflict, Transactions } from './transactions';
import { lastOfEach, perform, plannedWrite } from './writes';

export { FormatVersionError } from './tables';

export interface CollectionSummary {
  name: string;
  /** How many there are. */
  documents: number;
  /** Another one after each change of its documents. */
  revision: string;
}

/** Whatever writes throws NotWritten where the disk refuses it: then nothing has changed. */
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

/**
 * @param open as `openFolder`
 * @throws FormatVersionError when the folder was written in a format that is not understood
 */
export async function openDocumentStore(
  folder: string,
  open: (folder: string) => Promise<Tables> = openFolder,
): Promise<DocumentStore> {
  return new LmdbDocumentStore(await open(folder));
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
    const { root, collections } = this.tables;
    const added = await commit(root, () => {
      if (collections.get(name) !== undefined) return undefined;
      this.#lastNumber += 1;
      void collections.put(name, this.#lastNumber);
      return this.#lastNumber;
    });
    root.resetReadTxn();
    // Unless everything was removed in the same transaction.
    if (added !== undefined && collections.get(name) === added) this.#open(name, added);
    return added !== undefined;
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
      const outcome = await this.#commit(() => {
        // Collected first, so that an error in `run` leaves nothing half done.
        const changes: Change[] = [];
        const result = run(this.#view(name, undefined, changes));
        const blocker = this.#transactions.blockerOf(changes);
        return blocker === undefined ? { result, changes } : { blocker, changes: [] };
      });
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
    try {
      await this.#commit(() => ({ changes: transaction.changes() }));
    } finally {
      transaction.end();
    }
  }

  abort(transactionId: string): void {
    this.#transactions.take(transactionId).end();
  }

  async clear(): Promise<void> {
    this.#transactions.endAll();
    const { root, meta, collections, documents, records, indexes } = this.tables;
    let cleared: [string, OpenCollection][] = [];
    try {
      await commit(root, () => {
        for (const table of [collections, documents, records, indexes]) table.clearSync();
        for (const name of this.#collections.keys()) void meta.remove(`indexes:${name}`);
        cleared = [...this.#collections];
        this.#collections.clear();
      });
    } catch (error) {
      for (const [name, collection] of cleared) this.#collections.set(name, collection);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#transactions.endAll();
    // lmdb waits for the last commit to be flushed, and for ever after one that has failed.
    await commit(this.tables.root, () => undefined);
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

  /** @param run answers what is to be changed */
  async #commit<T extends { changes: readonly Change[] }>(run: () => T): Promise<T> {
    let written: readonly Change[] = [];
    try {
      return await commit(this.tables.root, () => {
        const outcome = run();
        this.#apply(outcome.changes);
        written = outcome.changes;
        this.#transactions.began(written);
        return outcome;
      });
    } catch (error) {
      if (error instanceof NotWritten) {
        for (const { collection } of written) this.#collections.get(collection)?.indexes.failed();
      }
      throw error;
    } finally {
      this.#transactions.ended(written);
      this.#revisions.changed(written.map(({ collection }) => collection));
    }
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
