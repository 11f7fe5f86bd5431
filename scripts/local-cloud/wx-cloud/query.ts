import type {
  Db,
  DocumentReference as LibraryDocument,
  Query as LibraryQuery,
} from '@cloudbase/database';
import { answer } from './answer';
import { cloudError, WRONG_TYPE } from './cloud-error';
import { checked } from './library';
import type { Reach } from './reach';
import { watch, type RealtimeListener } from './watch';

type Doc = Record<string, unknown>;
type Direction = 'asc' | 'desc';

/** How a library of its own makes the same query: a watch sends its requests in another way. */
type Build<T> = (library: Db) => T;

/** `db.collection(name)` and what follows it, up to `get`, `count`, `update`, `remove`, `watch`. */
export class Query {
  protected readonly library: LibraryQuery;

  constructor(
    protected readonly reach: Reach,
    protected readonly build: Build<LibraryQuery>,
    private readonly isLimited = false,
  ) {
    // Also finds what is wrong with the arguments.
    this.library = build(reach.library);
  }

  where(condition: object): Query {
    return this.#next((query) => query.where(condition));
  }

  orderBy(fieldPath: string, order: Direction): Query {
    return this.#next((query) => query.orderBy(fieldPath, order));
  }

  limit(max: number): Query {
    return this.#next((query) => query.limit(max), true);
  }

  skip(offset: number): Query {
    return this.#next((query) => query.skip(offset));
  }

  field(projection: object): Query {
    return this.#next((query) => query.field(projection));
  }

  get(options?: unknown): Promise<object> | undefined {
    return this.#answer('collection.get', options, async () => {
      const { data } = await checked(this.library.get());
      return { data };
    });
  }

  count(options?: unknown): Promise<object> | undefined {
    return this.#answer('collection.count', options, async () => {
      const { total } = await checked(this.library.count());
      return { total };
    });
  }

  update(options: unknown): Promise<object> | undefined {
    const api = 'collection.update';
    return this.#answer(api, options, async () => {
      const { updated = 0 } = await checked(this.library.update(dataOf(api, options)));
      return { stats: { updated } };
    });
  }

  remove(options?: unknown): Promise<object> | undefined {
    return this.#answer('collection.remove', options, async () => {
      const { deleted = 0 } = await checked(this.library.remove());
      return { stats: { removed: deleted } };
    });
  }

  watch(options: unknown): RealtimeListener {
    const read = async (isFirst: boolean): Promise<readonly Doc[]> => {
      const library = this.reach.watching(isFirst, this.isLimited);
      return (await checked(this.build(library).get())).data as Doc[];
    };
    return watch('collection.watch', options, read, this.reach);
  }

  #next(step: (query: LibraryQuery) => LibraryQuery, isLimited = this.isLimited): Query {
    return new Query(this.reach, (library) => step(this.build(library)), isLimited);
  }

  #answer(api: string, options: unknown, run: () => Promise<object>): Promise<object> | undefined {
    return answer(api, options, this.reach.runCallback, run);
  }
}

/** `db.collection(name).doc(id)`. */
export class DocumentReference {
  readonly #library: LibraryDocument;

  constructor(
    private readonly reach: Reach,
    private readonly id: string | number,
    private readonly build: Build<LibraryDocument>,
  ) {
    this.#library = build(reach.library);
  }

  field(projection: object): DocumentReference {
    return new DocumentReference(this.reach, this.id, (library) =>
      this.build(library).field(projection),
    );
  }

  get(options?: unknown): Promise<object> | undefined {
    return this.#answer('document.get', options, async () => {
      const [data] = (await checked(this.#library.get())).data as Doc[];
      if (data !== undefined) return { data };
      throw new Error(
        `cannot find document with _id ${this.id}, please make sure that the document exists and you have the corresponding access permission`,
      );
    });
  }

  set(options: unknown): Promise<object> | undefined {
    const api = 'document.set';
    return this.#answer(api, options, async () => {
      const reply = await checked(this.#library.set(dataOf(api, options)));
      const { updated = 0, upsertedId } = reply;
      const created = upsertedId === undefined || upsertedId === null ? 0 : 1;
      return { _id: this.id, stats: { updated, created } };
    });
  }

  update(options: unknown): Promise<object> | undefined {
    const api = 'document.update';
    return this.#answer(api, options, async () => {
      const { updated = 0 } = await checked(this.#library.update(dataOf(api, options)));
      return { stats: { updated } };
    });
  }

  remove(options?: unknown): Promise<object> | undefined {
    return this.#answer('document.remove', options, async () => {
      const { deleted = 0 } = await checked(this.#library.remove());
      return { stats: { removed: deleted } };
    });
  }

  watch(options: unknown): RealtimeListener {
    const read = async (isFirst: boolean): Promise<readonly Doc[]> => {
      const library = this.reach.watching(isFirst, false);
      return (await checked(this.build(library).get())).data as Doc[];
    };
    return watch('document.watch', options, read, this.reach);
  }

  #answer(api: string, options: unknown, run: () => Promise<object>): Promise<object> | undefined {
    return answer(api, options, this.reach.runCallback, run);
  }
}

/** @throws CloudError unless `options.data` is an object with something in it */
export function dataOf(api: string, options: unknown): object {
  const data: unknown = (options as { data?: unknown } | undefined)?.data;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw cloudError(api, WRONG_TYPE, 'parameter.data should be an object');
  }
  return data;
}
