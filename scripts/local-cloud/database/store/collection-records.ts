/** The documents of one collection in the tables, numbered in the order of their insertion. */
import type { Transaction as Snapshot } from 'lmdb';
import { isTooLong } from './stored-document';
import { keysOf, type Tables } from './tables';

/** Documents as they were when the snapshot was taken; without one, as they are now. */
export interface At {
  transaction?: Snapshot;
}

/** A document as it is stored. */
export interface StoredRecord {
  record: number;
  bytes: Buffer;
}

export class CollectionRecords {
  #last: number | undefined;

  constructor(
    private readonly tables: Tables,
    private readonly collection: number,
  ) {}

  /** @param key of the id */
  find(key: string, at: At = {}): StoredRecord | undefined {
    const record = this.numberOf(key, at);
    const bytes = record === undefined ? undefined : this.get(record, at);
    return record === undefined || bytes === undefined ? undefined : { record, bytes };
  }

  numberOf(key: string, at: At = {}): number | undefined {
    return isTooLong(key) ? undefined : this.tables.records.get([this.collection, key], at);
  }

  get(record: number, at: At = {}): Buffer | undefined {
    return this.tables.documents.get([this.collection, record], at);
  }

  /** In the order of insertion. @param after the number of a document: only later ones */
  *all(at: At = {}, after = 0): Generator<StoredRecord> {
    const { end } = keysOf(this.collection);
    const range = { ...at, start: [this.collection, after + 1], end };
    for (const { key, value } of this.tables.documents.getRange(range)) {
      yield { record: key[1], bytes: value };
    }
  }

  count(): number {
    return this.tables.documents.getKeysCount(keysOf(this.collection));
  }

  /** A number above all others, for a document that is about to be inserted. */
  next(): number {
    this.#last = (this.#last ?? this.#lastStored()) + 1;
    return this.#last;
  }

  put(key: string, record: number, bytes: Buffer): void {
    void this.tables.documents.put([this.collection, record], bytes);
    void this.tables.records.put([this.collection, key], record);
  }

  replace(record: number, bytes: Buffer): void {
    void this.tables.documents.put([this.collection, record], bytes);
  }

  remove(key: string, record: number): void {
    void this.tables.documents.remove([this.collection, record]);
    void this.tables.records.remove([this.collection, key]);
  }

  #lastStored(): number {
    const { start, end } = keysOf(this.collection);
    const range = { start: end, end: start, reverse: true, limit: 1 };
    const [last] = [...this.tables.documents.getKeys(range)];
    return last?.[1] ?? 0;
  }
}
