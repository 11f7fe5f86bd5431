/**
 * What a data folder holds: one lmdb environment with these tables, all opened at the start. lmdb
 * can't read a table that was opened after a snapshot began or that no transaction has committed
 * yet, so a table for each collection would be a race.
 */
import type { Database, RootDatabase } from 'lmdb';
import { join } from 'node:path';
import type { IndexKey } from './index-keys';
import { open } from './open-lmdb';

/** The number of a collection, and the number of a document in the order of insertion. */
export type RecordKey = [collection: number, record: number];

/** The number of a collection, and the key of an id. */
export type IdKey = [collection: number, id: string];

export interface Tables {
  root: RootDatabase;
  /** The version of the format, and the definitions of indexes. */
  meta: Database<unknown, string>;
  /** The number of each collection by its name. */
  collections: Database<number, string>;
  documents: Database<Buffer, RecordKey>;
  records: Database<number, IdKey>;
  indexes: Database<true, [collection: number, ...IndexKey]>;
}

export const FORMAT_VERSION_KEY = 'formatVersion';
export const FORMAT_VERSION = 3;

export class FormatVersionError extends Error {
  override readonly name = 'FormatVersionError';
}

/** Each open transaction is a reader: far more than one machine has at once. */
const MAX_READERS = 2_000;

export function openEnvironment(folder: string, tables: number): RootDatabase {
  return open({
    path: join(folder, 'state.lmdb'),
    maxDbs: tables,
    maxReaders: MAX_READERS,
    // Where it batches, a commit that fails also rejects a promise of its own, which nobody can catch.
    eventTurnBatching: false,
  });
}

export function openTables(root: RootDatabase): Tables {
  return {
    root,
    meta: root.openDB({ name: 'meta' }),
    collections: root.openDB({ name: 'collections' }),
    documents: root.openDB({ name: 'documents', encoding: 'binary' }),
    records: root.openDB({ name: 'records' }),
    indexes: root.openDB({ name: 'indexes' }),
  };
}

/** All keys of a collection: `start` is inclusive, `end` exclusive. */
export function keysOf(collection: number): { start: [number]; end: [number] } {
  return { start: [collection], end: [collection + 1] };
}
