/**
 * The indexes of one collection: their definitions, their entries, and how documents change them.
 */
import type { Document, IndexDefinition, IndexRange, UsableIndex } from './collection';
import type { CollectionRecords, StoredRecord } from './collection-records';
import { commit } from './commit';
import {
  entryKey,
  indexEntries,
  keyRange,
  valuesRange,
  type IndexEntries,
  type IndexKey,
} from './index-keys';
import { decodeDocument } from './stored-document';
import type { Tables } from './tables';

/** Another document has these values already. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey';

  constructor(
    readonly index: string,
    readonly values: unknown,
  ) {
    super(`the index ${index} has these values already`);
  }
}

/** A document before and after a change; without `before` inserted, without `after` removed. */
export interface IndexedChange {
  before: { record: number; entries: readonly IndexEntries[] } | undefined;
  after: { record: number; document: Document } | undefined;
}

/** How many documents are indexed in one transaction. */
const BATCH = 10_000;

export class CollectionIndexes {
  readonly #collection: number;
  readonly #catalogKey: string;
  #usable: UsableIndex[];
  /** Whether `usable` is on the disk, or about to be. */
  #isKept = true;

  /** @param collection its name, and its number in the tables */
  constructor(
    private readonly tables: Tables,
    { name, number }: { name: string; number: number },
  ) {
    this.#collection = number;
    this.#catalogKey = `indexes:${name}`;
    this.#usable = (tables.meta.get(this.#catalogKey) as UsableIndex[] | undefined) ?? [];
  }

  get usable(): readonly UsableIndex[] {
    return this.#usable;
  }

  async ensure(wanted: readonly IndexDefinition[], records: CollectionRecords): Promise<void> {
    const same = (a: IndexDefinition, b: IndexDefinition): boolean => signature(a) === signature(b);
    for (const index of this.#usable.filter((have) => !wanted.some((want) => same(have, want)))) {
      await this.#drop(index);
    }
    for (const index of wanted.filter((want) => !this.#usable.some((have) => same(have, want)))) {
      await this.#build(index, records);
    }
  }

  /** Those of one document, in the order of the indexes. @throws IndexValueTooLong */
  entriesOf(document: Document): IndexEntries[] {
    return this.#usable.map((index) => indexEntries(index, document));
  }

  /**
   * Works out how the entries change.
   *
   * @returns what makes the changes; until it is called nothing changes
   * @throws DuplicateKey, IndexValueTooLong
   */
  plan(changes: readonly IndexedChange[]): () => void {
    if (this.#usable.length === 0) return () => undefined;
    const removed = new Map<string, IndexKey>();
    const added = new Map<string, IndexKey>();
    const multikey = new Set<UsableIndex>();
    for (const { before, after } of changes) {
      for (const [at, index] of this.#usable.entries()) {
        for (const values of before?.entries[at]?.values ?? []) {
          const entry = entryKey(index.name, values, before?.record ?? NaN);
          removed.set(JSON.stringify(entry), entry);
        }
        if (after === undefined) continue;
        const entries = indexEntries(index, after.document);
        if (entries.isMultikey && !index.isMultikey) multikey.add(index);
        for (const values of entries.values) {
          const entry = entryKey(index.name, values, after.record);
          added.set(JSON.stringify(entry), entry);
        }
      }
    }
    for (const name of [...removed.keys()].filter((one) => added.has(one))) {
      removed.delete(name);
      added.delete(name);
    }
    for (const index of this.#usable) {
      if (index.unique) this.#checkUnique(index, added, removed);
    }
    return () => {
      for (const entry of removed.values()) this.#remove(entry);
      for (const entry of added.values()) this.#put(entry);
      if (multikey.size > 0 || !this.#isKept) this.#markMultikey(multikey);
    };
  }

  /** A transaction has failed, and may have been the one that was to keep what `usable` says. */
  failed(): void {
    this.#isKept = false;
  }

  /** Yields the number of each document in a range, once. */
  *scan(range: IndexRange): Generator<number> {
    const { start, end } = keyRange(range);
    const { isMultikey } = this.#usable.find(({ name }) => name === range.index.name) ?? {};
    const seen = isMultikey === true ? new Set<number>() : undefined;
    for (const entry of this.#keys({ start, end }, range.backwards)) {
      const record = Number(entry.at(-1));
      if (seen?.has(record) === true) continue;
      seen?.add(record);
      yield record;
    }
  }

  /** @throws DuplicateKey when an added entry has the values of one that stays or is added too */
  #checkUnique(
    index: UsableIndex,
    added: ReadonlyMap<string, IndexKey>,
    removed: ReadonlyMap<string, IndexKey>,
  ): void {
    const owners = new Map<string, unknown>();
    for (const entry of added.values()) {
      if (entry[0] !== index.name) continue;
      const values = JSON.stringify(entry.slice(0, -1));
      const owner = entry.at(-1);
      const { start, end } = valuesRange(entry.slice(0, -1));
      const others = [...this.#keys({ start, end })].filter(
        (other) => other.at(-1) !== owner && !removed.has(JSON.stringify(other)),
      );
      const twice = owners.has(values) && owners.get(values) !== owner;
      if (others.length > 0 || twice) {
        throw new DuplicateKey(
          index.name,
          entry.slice(1, -1).filter((_, place) => place % 2 === 1),
        );
      }
      owners.set(values, owner);
    }
  }

  async #build(definition: IndexDefinition, records: CollectionRecords): Promise<void> {
    const index: UsableIndex = { ...definition, isMultikey: false };
    // A build that was killed may have left some behind.
    await this.#removeEntries(index.name);
    let after: number | undefined = 0;
    while (after !== undefined) {
      const batch: StoredRecord[] = take(records.all({}, after), BATCH);
      after = batch.at(-1)?.record;
      await commit(this.tables.root, () => {
        for (const { record, bytes } of batch) this.#enter(index, record, decodeDocument(bytes));
      });
    }
    await this.#keep([...this.#usable, index]);
  }

  #enter(index: UsableIndex, record: number, document: Document): void {
    const { values, isMultikey } = indexEntries(index, document);
    index.isMultikey ||= isMultikey;
    for (const parts of values) {
      const entry = entryKey(index.name, parts, record);
      if (index.unique) this.#checkUnique(index, new Map([['', entry]]), new Map());
      this.#put(entry);
    }
  }

  async #drop(index: UsableIndex): Promise<void> {
    await this.#keep(this.#usable.filter((other) => other !== index));
    await this.#removeEntries(index.name);
  }

  /** Entries follow the documents from the moment that it is called. */
  async #keep(usable: UsableIndex[]): Promise<void> {
    const before = this.#usable;
    this.#usable = usable;
    try {
      await commit(this.tables.root, () => void this.tables.meta.put(this.#catalogKey, usable));
    } catch (error) {
      this.#usable = before;
      throw error;
    }
  }

  async #removeEntries(index: string): Promise<void> {
    await commit(this.tables.root, () => {
      for (const entry of [...this.#keys(valuesRange([index]))]) this.#remove(entry);
    });
  }

  #markMultikey(indexes: ReadonlySet<UsableIndex>): void {
    this.#usable = this.#usable.map((index) =>
      indexes.has(index) ? { ...index, isMultikey: true } : index,
    );
    void this.tables.meta.put(this.#catalogKey, this.#usable);
    this.#isKept = true;
  }

  *#keys(range: { start: IndexKey; end: IndexKey }, backwards = false): Generator<IndexKey> {
    const [start, end] = [range.start, range.end].map((key) => [this.#collection, ...key]);
    // With the bounds swapped, lmdb reads backwards from the end (exclusive) to the start
    // (inclusive).
    const bounds = backwards ? { start: end, end: start, reverse: true } : { start, end };
    for (const [, ...entry] of this.tables.indexes.getKeys(bounds as object)) yield entry;
  }

  #put(entry: IndexKey): void {
    void this.tables.indexes.put([this.#collection, ...entry], true);
  }

  #remove(entry: IndexKey): void {
    void this.tables.indexes.remove([this.#collection, ...entry]);
  }
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length >= count) break;
  }
  return taken;
}

function signature({ name, keys, unique }: IndexDefinition): string {
  return JSON.stringify([name, keys.map(({ field, order }) => [field, order]), unique]);
}
