/**
 * Collections of documents in lmdb, as BSON. What `write` has resolved for survives the death of this process at any
 * moment.
 */
import { deserialize, EJSON, serialize, type Document as BsonDocument } from 'bson';
import { open, type Database, type RootDatabase } from 'lmdb';

export type Document = BsonDocument & { _id: unknown };

export interface Collection {
  get(id: unknown): Document | undefined;
  all(): Iterable<Document>;
  put(document: Document): void;
  remove(id: unknown): void;
}

export interface DocumentStore {
  hasCollection(name: string): boolean;
  /** Resolves to whether there was none. */
  addCollection(name: string): Promise<boolean>;
  /** Every document that is read is a copy of its own. */
  read<T>(name: string, run: (collection: Collection) => T): T;
  /** Writes run one after the other. All that `run` changes is kept, or nothing when it throws. */
  write<T>(name: string, run: (collection: Collection) => T): Promise<T>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

const COLLECTIONS = 'collections';
const META = 'meta';
const FORMAT_VERSION_KEY = 'formatVersion';
const FORMAT_VERSION = 1;
const MAX_COLLECTIONS = 1_000;

export class FormatVersionError extends Error {
  override readonly name = 'FormatVersionError';
}

/** @throws FormatVersionError when the folder was written in another format */
export async function openDocumentStore(folder: string): Promise<DocumentStore> {
  const root = open({ path: `${folder}/state.lmdb`, maxDbs: MAX_COLLECTIONS + 2 });
  const meta = root.openDB<number, string>({ name: META });
  const names = root.openDB<boolean, string>({ name: COLLECTIONS });
  const version = meta.get(FORMAT_VERSION_KEY);
  if (version !== undefined && version !== FORMAT_VERSION) {
    await root.close();
    throw new FormatVersionError(`format ${version}, where ${FORMAT_VERSION} is understood`);
  }
  await meta.put(FORMAT_VERSION_KEY, FORMAT_VERSION);

  const opened = new Map<string, Database<Buffer, string>>();
  const databaseOf = (name: string): Database<Buffer, string> => {
    let database = opened.get(name);
    if (database === undefined) {
      database = root.openDB<Buffer, string>({ name: `documents:${name}`, encoding: 'binary' });
      opened.set(name, database);
    }
    return database;
  };

  return {
    hasCollection: (name) => names.get(name) === true,
    async addCollection(name) {
      return root.transaction(() => {
        if (names.get(name) === true) return false;
        void names.put(name, true);
        return true;
      });
    },
    read(name, run) {
      freshSnapshot(root);
      return run(collectionIn(databaseOf(name)));
    },
    write(name, run) {
      const database = databaseOf(name);
      return root.transaction(() => {
        // Collected first, so that an error in `run` leaves nothing half done.
        const changes: (() => void)[] = [];
        const result = run({
          ...collectionIn(database),
          put: (document) => changes.push(() => putIn(database, document)),
          remove: (id) => changes.push(() => void database.remove(keyOf(id))),
        });
        for (const change of changes) change();
        return result;
      });
    },
    async clear() {
      for (const name of [...names.getKeys()]) await databaseOf(name).clearAsync();
      await names.clearAsync();
    },
    close: () => root.close(),
  };
}

function collectionIn(database: Database<Buffer, string>): Collection {
  return {
    get: (id) => decode(database.get(keyOf(id))),
    *all() {
      for (const { value } of database.getRange()) {
        const document = decode(value);
        if (document !== undefined) yield document;
      }
    },
    put: (document) => putIn(database, document),
    remove: (id) => void database.remove(keyOf(id)),
  };
}

function putIn(database: Database<Buffer, string>, document: Document): void {
  void database.put(keyOf(document._id), Buffer.from(serialize(document)));
}

function decode(value: Buffer | undefined): Document | undefined {
  return value === undefined ? undefined : (deserialize(value) as Document);
}

/** Ids of different types are different, as in the cloud: `1` and `"1"` are two documents. */
function keyOf(id: unknown): string {
  return typeof id === 'string' ? `s${id}` : `j${EJSON.stringify({ id })}`;
}

/** lmdb keeps one snapshot for all reads of a turn of the event loop; a request must see what came before it. */
function freshSnapshot(root: RootDatabase): void {
  root.resetReadTxn();
}
