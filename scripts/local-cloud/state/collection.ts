/** A collection as queries and writes see it, whether in a transaction or not. */
import type { Document as BsonDocument } from 'bson';
import type { IndexResource } from '../../project/resources';

export type Document = BsonDocument & { _id: unknown };

/** A stretch of an index: its first values are these, the next lies between the bounds. */
export interface IndexRange {
  index: IndexResource;
  equal: readonly unknown[];
  /** Both of one type. */
  from?: IndexBound;
  to?: IndexBound;
  backwards: boolean;
}

export interface IndexBound {
  value: unknown;
  inclusive: boolean;
}

export interface Collection {
  /** Those that can be scanned. */
  readonly indexes: readonly UsableIndex[];
  /** A copy of its own. */
  get(id: unknown): Document | undefined;
  all(): Iterable<Document>;
  /** Every document once, in the order of the index. */
  scan(range: IndexRange): Iterable<Document>;
  put(document: Document): void;
  remove(id: unknown): void;
}

export interface UsableIndex extends IndexResource {
  /** Some document has an array where the index looks: it is there once for each element. */
  isMultikey: boolean;
}
