/**
 * Collections of documents in lmdb, as BSON, with their indexes. Once `write` or `commit` has
 * resolved, the change survives the death of this process at any moment.
 */
import { open, type Database, type RootDatabase } from 'lmdb';
import type { Collection, IndexDefinition } from './collection';
import { CollectionIndexes } from './collection-indexes';
import { collectionView, type OpenCollection } from './collection-view';
import { type Change, TransactionConflict, Transactions } from './transactions';

export interface DocumentStore {
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

const COLLECTIONS = 'collections';
const META = 'meta';
const FORMAT_VERSION_KEY = 'formatVersion';
const FORMAT_VERSION = 2;
/** Version 1 had no indexes; all else is the same. */
const READABLE_VERSIONS: readonly (number | undefined)[] = [undefined, 1, FORMAT_VERSION];
const MAX_DATABASES = 2_002;

export class FormatVersionError extends Error {
  override readonly name = 'FormatVersionError';
}

/** @throws FormatVersionError when the folder was written in a format that is not understood */
export async function openDocumentStore(folder: string): Promise<DocumentStore> {
  const root = open({ path: `${folder}/state.lmdb`, maxDbs: MAX_DATABASES });
  const meta = root.openDB<unknown, string>({ name: META });
  const names = root.openDB<boolean, string>({ name: COLLECTIONS });
  const version = meta.get(FORMAT_VERSION_KEY) as number | undefined;
  if (!READABLE_VERSIONS.includes(version)) {
    await root.close();
    throw new FormatVersionError(
      `format ${String(version)}, where ${FORMAT_VERSION} is understood`,
    );
  }
  await meta.put(FORMAT_VERSION_KEY, FORMAT_VERSION);
  return new LmdbDocumentStore(root, meta, names);
}

class LmdbDocumentStore implements DocumentStore {
  readonly #opened = new Map<string, OpenCollection>();
  readonly #transactions = new Transactions();

  constructor(
    private readonly root: RootDatabase,
    private readonly meta: Database<unknown, string>,
    private readonly names: Database<boolean, string>,
  ) {}

  hasCollection(name: string): boolean {
    return this.names.get(name) === true;
  }

  async addCollection(name: string): Promise<boolean> {
    return this.root.transaction(() => {
      if (this.names.get(name) === true) return false;
      void this.names.put(name, true);
      return true;
    });
  }

  async ensureIndexes(name: string, wanted: readonly IndexDefinition[]): Promise<void> {
    const { documents, indexes } = this.#collection(name);
    await indexes.ensure(wanted, documents);
  }

  read<T>(name: string, run: (collection: Collection) => T, transactionId?: string): T {
    // lmdb keeps one snapshot for a whole turn of the event loop; a request must see every earlier
    // write.
    this.root.resetReadTxn();
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
      const outcome = await this.root.transaction(() => {
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
      this.#transactions.committed(written);
      if (!('blocker' in outcome)) return outcome.result;
      await outcome.blocker;
    }
  }

  beginTransaction(): string {
    this.root.resetReadTxn();
    return this.#transactions.begin(this.root.useReadTransaction());
  }

  async commit(transactionId: string): Promise<void> {
    const transaction = this.#transactions.take(transactionId);
    const changes = transaction.changes();
    try {
      await this.root.transaction(() => {
        this.#apply(changes);
        this.#transactions.began(changes);
      });
    } finally {
      this.#transactions.committed(changes);
      transaction.end();
    }
  }

  abort(transactionId: string): void {
    this.#transactions.take(transactionId).end();
  }

  async clear(): Promise<void> {
    this.#transactions.endAll();
    for (const name of [...this.names.getKeys()]) {
      const { documents, indexes } = this.#collection(name);
      await documents.clearAsync();
      await indexes.clear();
    }
    await this.names.clearAsync();
  }

  async close(): Promise<void> {
    this.#transactions.endAll();
    await this.root.close();
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

  #apply(changes: readonly Change[]): void {
    const names = new Set(changes.map(({ collection }) => collection));
    // Planned first: violations show before anything is written.
    const planned = [...names].map((name) => {
      const own = changes.filter(({ collection }) => collection === name);
      const { documents, indexes } = this.#collection(name);
      return { documents, own, update: indexes.plan(own, (key) => documents.get(key)) };
    });
    for (const { documents, own, update } of planned) {
      for (const { key, stored } of own) {
        if (stored === undefined) void documents.remove(key);
        else void documents.put(key, stored.bytes);
      }
      update();
    }
  }

  #view(name: string, transactionId: string | undefined, changes: Change[]): Collection {
    const transaction =
      transactionId === undefined ? undefined : this.#transactions.get(transactionId);
    return collectionView(name, this.#collection(name), transaction, changes);
  }

  #collection(name: string): OpenCollection {
    let collection = this.#opened.get(name);
    if (collection === undefined) {
      collection = {
        documents: this.root.openDB<Buffer, string>({
          name: `documents:${name}`,
          encoding: 'binary',
        }),
        indexes: new CollectionIndexes(name, this.root, this.meta),
      };
      this.#opened.set(name, collection);
    }
    return collection;
  }
}
