/**
 * Opens a data folder, and migrates older ones. Versions 1 and 2 kept each collection in tables of
 * its own, by the ids of the documents; version 1 had no indexes, and the very first no version.
 */
import type { RootDatabase } from 'lmdb';
import type { IndexKey } from './index-keys';
import {
  FORMAT_VERSION,
  FORMAT_VERSION_KEY,
  FormatVersionError,
  openEnvironment,
  openTables,
  type RecordKey,
  type Tables,
} from './tables';

const TABLES = 5;
/** Two for each of up to 1,000 collections. */
const OLD_TABLES = 2_002;
const OLD_VERSIONS: readonly unknown[] = [undefined, 1, 2];

/** @throws FormatVersionError when the folder was written in a format that is not understood */
export async function openFolder(folder: string): Promise<Tables> {
  const root = openEnvironment(folder, TABLES);
  const version = root.openDB<unknown, string>({ name: 'meta' }).get(FORMAT_VERSION_KEY);
  if (version === FORMAT_VERSION) return openTables(root);
  await root.close();
  if (!OLD_VERSIONS.includes(version)) {
    throw new FormatVersionError(
      `format ${String(version)}, where ${FORMAT_VERSION} is understood`,
    );
  }
  await migrate(openEnvironment(folder, TABLES + OLD_TABLES));
  return openTables(openEnvironment(folder, TABLES));
}

/**
 * In one transaction: killed on the way, it has changed nothing. In what order the documents were
 * once inserted is not known; they keep the order that they were read in, by id.
 */
async function migrate(root: RootDatabase): Promise<void> {
  const tables = openTables(root);
  const names = [...tables.collections.getKeys()];
  const old = names.map((name) => ({
    documents: root.openDB<Buffer, string>({ name: `documents:${name}`, encoding: 'binary' }),
    entries: root.openDB<true, IndexKey>({ name: `indexes:${name}` }),
  }));
  root.transactionSync(() => {
    for (const [at, { documents, entries }] of old.entries()) {
      const collection = at + 1;
      tables.collections.putSync(names[at] ?? '', collection);
      let record = 0;
      for (const { key, value } of documents.getRange()) {
        record += 1;
        tables.documents.putSync([collection, record] satisfies RecordKey, value);
        tables.records.putSync([collection, key], record);
      }
      for (const entry of entries.getKeys()) {
        const owner = tables.records.get([collection, String(entry.at(-1))]);
        if (owner === undefined) continue;
        tables.indexes.putSync([collection, ...entry.slice(0, -1), owner], true);
      }
      documents.dropSync();
      entries.dropSync();
    }
    tables.meta.putSync(FORMAT_VERSION_KEY, FORMAT_VERSION);
  });
  await root.close();
}
