/**
 * Open transactions. Each reads a snapshot of the database from when it began, and keeps its
 * changes to itself until it is committed. The first to change a document holds it: another
 * transaction that changes it has a conflict, and a write outside of transactions waits
 * (https://www.mongodb.com/docs/manual/core/transactions-production-consideration/).
 */
import { randomUUID } from 'node:crypto';
import type { Transaction as Snapshot } from 'lmdb';
import type { IndexEntries } from './index-keys';
import type { StoredDocument } from './stored-document';

export interface Change {
  collection: string;
  /** Of the id. */
  key: string;
  /** `undefined`: removed. */
  stored: StoredDocument | undefined;
  /** The document as it was, if that is known: its number, and its entry in each index. */
  before?: { record: number; entries: readonly IndexEntries[] };
  /** Removed and inserted again in one transaction: it now comes after all others. */
  isMoved?: boolean;
}

export class TransactionConflict extends Error {
  override readonly name = 'TransactionConflict';
}

/** The transaction was committed, aborted, or open for too long. */
export class NoSuchTransaction extends Error {
  override readonly name = 'NoSuchTransaction';
}

/** https://docs.cloudbase.net/database/transaction */
const MAX_OPEN_MS = 30_000;

const lockName = ({ collection, key }: Pick<Change, 'collection' | 'key'>): string =>
  `${collection}/${key}`;

export class Transactions {
  readonly #open = new Map<string, OpenTransaction>();
  /** Which transaction has changed a document. */
  readonly locks = new Map<string, OpenTransaction>();
  /** At which commit a document was last changed; kept while transactions are open. */
  readonly #changedAt = new Map<string, number>();
  /** How many writes have changed a document and are not on the disk yet. */
  readonly #pending = new Map<string, number>();
  #commits = 0;

  begin(snapshot: Snapshot): string {
    const id = randomUUID();
    const transaction = new OpenTransaction(this, snapshot, this.#commits, () => {
      this.#open.delete(id);
      if (this.#open.size === 0) this.#changedAt.clear();
    });
    this.#open.set(id, transaction);
    return id;
  }

  /** @throws NoSuchTransaction */
  get(id: string): OpenTransaction {
    const transaction = this.#open.get(id);
    if (transaction === undefined) throw new NoSuchTransaction('the transaction is not open');
    return transaction;
  }

  /** Removes the transaction, for the caller to end it. @throws NoSuchTransaction */
  take(id: string): OpenTransaction {
    const transaction = this.get(id);
    this.#open.delete(id);
    return transaction;
  }

  endAll(): void {
    for (const transaction of [...this.#open.values()]) transaction.end();
  }

  /** Resolves once the transaction that holds one of the documents is over. */
  blockerOf(changes: readonly Change[]): Promise<void> | undefined {
    return changes.map((change) => this.locks.get(lockName(change))).find(Boolean)?.over;
  }

  /** These changes are about to be written. */
  began(changes: readonly Change[]): void {
    for (const name of changes.map(lockName))
      this.#pending.set(name, (this.#pending.get(name) ?? 0) + 1);
  }

  /** These changes are on the disk, or have failed. */
  ended(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    this.#commits += 1;
    for (const name of changes.map(lockName)) {
      const left = (this.#pending.get(name) ?? 1) - 1;
      if (left === 0) this.#pending.delete(name);
      else this.#pending.set(name, left);
      if (this.#open.size > 0) this.#changedAt.set(name, this.#commits);
    }
  }

  /** Whether somebody else has changed the document since a transaction began. */
  isTaken(name: string, by: OpenTransaction, begunAt: number): boolean {
    const owner = this.locks.get(name);
    return (
      (owner !== undefined && owner !== by) ||
      this.#pending.has(name) ||
      (this.#changedAt.get(name) ?? 0) > begunAt
    );
  }
}

export class OpenTransaction {
  readonly over: Promise<void>;
  readonly #changes = new Map<string, Change>();
  readonly #timer: NodeJS.Timeout;
  #release: () => void = () => undefined;
  #isOver = false;

  constructor(
    private readonly all: Transactions,
    readonly snapshot: Snapshot,
    private readonly begunAt: number,
    private readonly ended: () => void,
  ) {
    this.over = new Promise((resolve) => {
      this.#release = resolve;
    });
    this.#timer = setTimeout(() => this.end(), MAX_OPEN_MS);
    this.#timer.unref();
  }

  /** @throws TransactionConflict, and then none of them is added */
  add(changes: readonly Change[]): void {
    const names = changes.map(lockName);
    if (names.some((name) => this.all.isTaken(name, this, this.begunAt))) {
      throw new TransactionConflict('another operation has changed the document');
    }
    for (const { collection, key, stored } of changes) {
      const name = lockName({ collection, key });
      const earlier = this.#changes.get(name);
      const isBack = earlier !== undefined && earlier.stored === undefined && stored !== undefined;
      // Own insertions stay in their order: an update leaves a document in its place.
      if (isBack) this.#changes.delete(name);
      const isMoved = isBack || earlier?.isMoved === true;
      this.#changes.set(name, { collection, key, stored, isMoved });
      this.all.locks.set(name, this);
    }
  }

  /** What it has changed in a collection, by the key of the id. */
  written(collection: string): Map<string, Change> {
    const own = [...this.#changes.values()].filter((change) => change.collection === collection);
    return new Map(own.map((change) => [change.key, change]));
  }

  changes(): Change[] {
    return [...this.#changes.values()];
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.snapshot.done();
    for (const name of this.#changes.keys()) {
      if (this.all.locks.get(name) === this) this.all.locks.delete(name);
    }
    this.ended();
    this.#release();
  }
}
