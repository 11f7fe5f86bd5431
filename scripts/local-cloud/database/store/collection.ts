/** A collection as queries and writes see it, whether in a transaction or not. */
import type { Document as BsonDocument } from 'bson';

export type Document = BsonDocument & { _id: unknown };

export interface IndexDefinition {
  name: string;
  /** Dotted paths; several make a compound index, in this order. */
  keys: readonly { field: string; order: 'asc' | 'desc' }[];
  /** Missing fields count as null (https://cloud.tencent.com/document/product/876/32310). */
  unique: boolean;
}

/** A range of an index: its first values equal these, the next one lies between the bounds. */
export interface IndexRange {
  index: IndexDefinition;
  equal: readonly unknown[];
  /** `from` and `to` have the same type. */
  from?: IndexBound;
  to?: IndexBound;
  backwards: boolean;
}

export interface IndexBound {
  value: unknown;
  inclusive: boolean;
}

export interface Collection {
  /** The indexes that can be scanned. */
  readonly indexes: readonly UsableIndex[];
  /** Returns a copy that the caller may change. */
  get(id: unknown): Document | undefined;
  all(): Iterable<Document>;
  /** Yields each document once, in index order. */
  scan(range: IndexRange): Iterable<Document>;
  /** @throws DocumentTooLarge */
  put(document: Document): void;
  /**
   * Writes the document only if it differs from the stored one.
   *
   * @returns whether it did
   * @throws DocumentTooLarge
   */
  putIfChanged(document: Document): boolean;
  remove(id: unknown): void;
}

export interface UsableIndex extends IndexDefinition {
  /** Some document has an array at an indexed path, and so one entry for each element. */
  isMultikey: boolean;
}
