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

/** Documents that are read are copies, which the caller may change. */
export interface Collection {
  /** The indexes that can be scanned. */
  readonly indexes: readonly UsableIndex[];
  has(id: unknown): boolean;
  get(id: unknown): Document | undefined;
  /** In the order of insertion. */
  all(): Iterable<Document>;
  /** Yields each document once, in index order; those with equal values in order of insertion. */
  scan(range: IndexRange): Iterable<Document>;
  /**
   * Takes the place of the document with this id, or else comes after all others.
   *
   * @throws DocumentTooLarge, IndexValueTooLong
   */
  put(document: Document): void;
  /**
   * Changes a document that was read from this collection, in place, and writes it if it differs.
   *
   * @returns whether it does
   * @throws DocumentTooLarge, and what `modify` throws
   */
  change(document: Document, modify: (document: Document) => void): boolean;
  remove(id: unknown): void;
}

export interface UsableIndex extends IndexDefinition {
  /** Some document has an array at an indexed path, and so one entry for each element. */
  isMultikey: boolean;
}
