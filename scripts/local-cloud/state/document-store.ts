/**
 * Collections of documents in lmdb, as BSON, with their indexes. What `write` or a commit has resolved for survives the
 * death of this process at any moment.
 */
import { deserialize, EJSON, serialize } from 'bson';
import { open, type Database, type RootDatabase } from 'lmdb';
import type { IndexResource } from '../../project/resources';
import type { Collection, Document } from './collection';
import { CollectionIndexes } from './collection-indexes';
import { type Change, TransactionConflict, Transactions } from './transactions';

export interface DocumentStore {
  hasCollection(name: string): boolean;
  /** Resolves to whether there was none. */
  addCollection(name: string): Promise<boolean>;
  /**
   * Makes the indexes that are missing, and removes those that are not wanted any more.
   *
   * @throws DuplicateKey when documents that are there break a unique one
   */
  ensureIndexes(name: string, indexes: readonly IndexResource[]): Promise<void>;
  /** Every document that is read is a copy of its own. @param transactionId to read as it does */
  read<T>(name: string, run: (collection: Collection) => T, transactionId?: string): T;
  /**
   * Writes run one after the other. All that `run` changes is kept, or nothing when it throws. `run` is called again when
   * it met a document that an open transaction had changed.
   *
   * @throws DuplicateKey, IndexValueTooLong; in a transaction also TransactionConflict and NoSuchTransaction
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

interface OpenCollection {
  documents: Database<Buffer, string>;
  indexes: CollectionIndexes;
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
  readonly #transactions = new Transactions<Document>();

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

  async ensureIndexes(name: string, wanted: readonly IndexResource[]): Promise<void> {
    const { documents, indexes } = this.#collection(name);
    await indexes.ensure(wanted, documents, decode);
  }

  read<T>(name: string, run: (collection: Collection) => T, transactionId?: string): T {
    // lmdb keeps one snapshot for all reads of a turn of the event loop; a request must see what came before it.
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
      let written: readonly string[] = [];
      const outcome = await this.root.transaction(() => {
        // Collected first, so that an error in `run` leaves nothing half done.
        const changes: Change<Document>[] = [];
        const result = run(this.#view(name, undefined, changes));
        const blocker = this.#transactions.blockerOf(changes);
        if (blocker !== undefined) return { blocker };
        this.#apply(changes);
        written = changes.map(lockOf);
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
        this.#transactions.began(changes.map(lockOf));
      });
    } finally {
      this.#transactions.committed(changes.map(lockOf));
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
    const changes: Change<Document>[] = [];
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

  #apply(changes: readonly Change<Document>[]): void {
    const names = new Set(changes.map(({ collection }) => collection));
    // Whatever is wrong shows before anything is written.
    const planned = [...names].map((name) => {
      const own = changes.filter(({ collection }) => collection === name);
      const { documents, indexes } = this.#collection(name);
      return { documents, own, update: indexes.plan(own, (key) => decode(documents.get(key))) };
    });
    for (const { documents, own, update } of planned) {
      for (const { key, document } of own) {
        if (document === undefined) void documents.remove(key);
        else void documents.put(key, Buffer.from(serialize(document)));
      }
      update();
    }
  }

  #view(name: string, transactionId: string | undefined, changes: Change<Document>[]): Collection {
    const { documents, indexes } = this.#collection(name);
    const transaction =
      transactionId === undefined ? undefined : this.#transactions.get(transactionId);
    const options = transaction === undefined ? {} : { transaction: transaction.snapshot };
    const own = transaction?.written(name) ?? new Map<string, Document | undefined>();
    const get = (key: string): Document | undefined =>
      own.has(key) ? copy(own.get(key)) : decode(documents.get(key, options));
    return {
      // A transaction's own changes stand in no index before it is committed.
      indexes: transaction === undefined ? indexes.usable : [],
      get: (id) => get(keyOf(id)),
      *all() {
        for (const { key, value } of documents.getRange(options)) {
          const document = own.has(key) ? copy(own.get(key)) : decode(value);
          if (document !== undefined) yield document;
        }
        for (const [key, document] of own) {
          const isNew = documents.get(key, options) === undefined;
          const added = isNew ? copy(document) : undefined;
          if (added !== undefined) yield added;
        }
      },
      *scan(range) {
        for (const key of indexes.scan(range)) {
          const document = get(key);
          if (document !== undefined) yield document;
        }
      },
      put: (document) => changes.push({ collection: name, key: keyOf(document._id), document }),
      remove: (id) => changes.push({ collection: name, key: keyOf(id), document: undefined }),
    };
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

function decode(value: Buffer | undefined): Document | undefined {
  return value === undefined ? undefined : (deserialize(value) as Document);
}

function copy(document: Document | undefined): Document | undefined {
  return document === undefined ? undefined : (deserialize(serialize(document)) as Document);
}

function lockOf({ collection, key }: Change<Document>): string {
  return `${collection}/${key}`;
}

/** Ids of different types are different, as in the cloud: `1` and `"1"` are two documents. */
function keyOf(id: unknown): string {
  return typeof id === 'string' ? `s${id}` : `j${EJSON.stringify({ id })}`;
}
