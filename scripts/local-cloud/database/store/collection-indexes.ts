/**
 * The indexes of one collection: their definitions, their entries, and how documents change them.
 */
import type { Database, RootDatabase } from 'lmdb';
import type { Document, IndexDefinition, IndexRange, UsableIndex } from './collection';
import { entryKey, indexEntries, keyRange, valuesRange, type IndexKey } from './index-keys';
import { decodeDocument } from './stored-document';
import type { Change } from './transactions';

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

/** How many documents are indexed in one transaction. */
const BATCH = 10_000;

export class CollectionIndexes {
  readonly #catalogKey: string;
  #entries: Database<true, IndexKey> | undefined;
  #usable: UsableIndex[];

  constructor(
    private readonly collection: string,
    private readonly root: RootDatabase,
    private readonly meta: Database<unknown, string>,
  ) {
    this.#catalogKey = `indexes:${collection}`;
    this.#usable = (meta.get(this.#catalogKey) as UsableIndex[] | undefined) ?? [];
  }

  get usable(): readonly UsableIndex[] {
    return this.#usable;
  }

  async ensure(
    wanted: readonly IndexDefinition[],
    documents: Database<Buffer, string>,
  ): Promise<void> {
    const same = (a: IndexDefinition, b: IndexDefinition): boolean => signature(a) === signature(b);
    for (const index of this.#usable.filter((have) => !wanted.some((want) => same(have, want)))) {
      await this.#drop(index);
    }
    for (const index of wanted.filter((want) => !this.#usable.some((have) => same(have, want)))) {
      await this.#build(index, documents);
    }
  }

  /**
   * Works out how the entries change.
   *
   * @param before reads the bytes of a document as it is now
   * @returns what makes the changes; until it is called nothing changes
   * @throws DuplicateKey, IndexValueTooLong
   */
  plan(changes: readonly Change[], before: (key: string) => Buffer | undefined): () => void {
    if (this.#usable.length === 0) return () => undefined;
    const removed = new Map<string, IndexKey>();
    const added = new Map<string, IndexKey>();
    const multikey = new Set<UsableIndex>();
    for (const { key, stored } of lastOfEach(changes)) {
      const bytes = before(key);
      const old = bytes && decodeDocument(bytes);
      for (const index of this.#usable) {
        const entries = stored && indexEntries(index, stored.document);
        if (entries?.isMultikey === true && !index.isMultikey) multikey.add(index);
        for (const values of old === undefined ? [] : indexEntries(index, old).values) {
          const entry = entryKey(index.name, values, key);
          removed.set(JSON.stringify(entry), entry);
        }
        for (const values of entries?.values ?? []) {
          const entry = entryKey(index.name, values, key);
          added.set(JSON.stringify(entry), entry);
        }
      }
    }
    for (const index of this.#usable) {
      if (index.unique) this.#checkUnique(index, added, removed);
    }
    return () => {
      for (const [name, entry] of removed) if (!added.has(name)) void this.#open().remove(entry);
      for (const [name, entry] of added) if (!removed.has(name)) void this.#open().put(entry, true);
      if (multikey.size > 0) this.#markMultikey(multikey);
    };
  }

  /** Yields the key of each document in a range, once. */
  *scan(range: IndexRange): Generator<string> {
    const { start, end } = keyRange(range);
    const { isMultikey } = this.#usable.find(({ name }) => name === range.index.name) ?? {};
    const seen = isMultikey === true ? new Set<string>() : undefined;
    // With the bounds swapped, lmdb reads backwards from the end (exclusive) to the start
    // (inclusive).
    const bounds = range.backwards ? { start: end, end: start, reverse: true } : { start, end };
    for (const entry of this.#open().getKeys(bounds)) {
      const key = String(entry.at(-1));
      if (seen?.has(key) === true) continue;
      seen?.add(key);
      yield key;
    }
  }

  async clear(): Promise<void> {
    await this.#open().clearAsync();
    await this.meta.remove(this.#catalogKey);
    this.#usable = [];
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
      const others = [...this.#open().getKeys({ start, end })].filter(
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

  async #build(definition: IndexDefinition, documents: Database<Buffer, string>): Promise<void> {
    const index: UsableIndex = { ...definition, isMultikey: false };
    // A build that was killed may have left some behind.
    await this.#removeEntries(index.name);
    let after: string | undefined;
    do {
      const range = {
        limit: BATCH,
        ...(after !== undefined && { start: after, exclusiveStart: true }),
      };
      const batch = [...documents.getRange(range)];
      after = batch.at(-1)?.key;
      await this.root.transaction(() => {
        for (const { key, value } of batch) this.#enter(index, key, decodeDocument(value));
      });
    } while (after !== undefined);
    this.#usable = [...this.#usable, index];
    await this.meta.put(this.#catalogKey, this.#usable);
  }

  #enter(index: UsableIndex, key: string, document: Document): void {
    const { values, isMultikey } = indexEntries(index, document);
    index.isMultikey ||= isMultikey;
    for (const parts of values) {
      const entry = entryKey(index.name, parts, key);
      if (index.unique) this.#checkUnique(index, new Map([['', entry]]), new Map());
      void this.#open().put(entry, true);
    }
  }

  async #drop(index: UsableIndex): Promise<void> {
    this.#usable = this.#usable.filter((other) => other !== index);
    await this.meta.put(this.#catalogKey, this.#usable);
    await this.#removeEntries(index.name);
  }

  async #removeEntries(index: string): Promise<void> {
    const { start, end } = valuesRange([index]);
    await this.root.transaction(() => {
      for (const entry of [...this.#open().getKeys({ start, end })]) {
        void this.#open().remove(entry);
      }
    });
  }

  #markMultikey(indexes: ReadonlySet<UsableIndex>): void {
    this.#usable = this.#usable.map((index) =>
      indexes.has(index) ? { ...index, isMultikey: true } : index,
    );
    void this.meta.put(this.#catalogKey, this.#usable);
  }

  #open(): Database<true, IndexKey> {
    this.#entries ??= this.root.openDB<true, IndexKey>({ name: `indexes:${this.collection}` });
    return this.#entries;
  }
}

/** Of several changes to one document only the last one counts. */
function lastOfEach(changes: readonly Change[]): Iterable<Change> {
  return new Map(changes.map((change) => [change.key, change])).values();
}

function signature({ name, keys, unique }: IndexDefinition): string {
  return JSON.stringify([name, keys.map(({ field, order }) => [field, order]), unique]);
}
