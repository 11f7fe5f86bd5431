import { aggregateOf, type Aggregate } from './aggregate';
import { answer, type RunCallback } from './answer';
import { commandOf, type Command } from './command';
import { checked, type Send } from './library';
import { dataOf, DocumentReference, Query } from './query';
import { createReach, type Reach } from './reach';

export interface DatabaseOptions {
  /** Sends `POST /database`. */
  send: Send;
  /** Runs code of the mini program. Default: just that. */
  runCallback?: RunCallback;
  /** How often a watch asks. Default: 1,000 ms. */
  pollMs?: number;
}

/** What `wx.cloud.database()` returns. */
export interface Database {
  readonly config: object;
  readonly command: Command;
  readonly Geo: Readonly<Record<string, (...args: unknown[]) => unknown>>;
  serverDate(options?: { offset: number }): unknown;
  RegExp(options: { regexp: string; options?: string }): unknown;
  collection(name: string): CollectionReference;
}

export function createDatabase(options: DatabaseOptions): Database {
  const reach = createReach(options);
  const { library } = reach;
  return {
    config: {},
    command: commandOf(library),
    Geo: callable(library.Geo as unknown as Record<string, unknown>),
    serverDate: library.serverDate as Database['serverDate'],
    RegExp: library.RegExp as Database['RegExp'],
    collection: (name) => new CollectionReference(reach, name),
  };
}

export class CollectionReference extends Query {
  readonly collectionName: string;

  constructor(reach: Reach, name: string) {
    super(reach, (library) => library.collection(name));
    this.collectionName = name;
  }

  doc(id: string | number): DocumentReference {
    return new DocumentReference(this.reach, id, (library) =>
      library.collection(this.collectionName).doc(id),
    );
  }

  add(options: unknown): Promise<object> | undefined {
    const api = 'collection.add';
    return answer(api, options, this.reach.runCallback, async () => {
      const collection = this.reach.library.collection(this.collectionName);
      const { id } = await checked(collection.add(dataOf(api, options)));
      return { _id: id };
    });
  }

  aggregate(): Aggregate {
    const collection = this.reach.library.collection(this.collectionName);
    return aggregateOf(collection.aggregate(), this.reach);
  }
}

/** `db.Geo.Point(1, 2)` and `new db.Geo.Point(1, 2)` are the same. */
function callable(classes: Record<string, unknown>): Database['Geo'] {
  return Object.fromEntries(
    Object.entries(classes).flatMap(([name, made]) =>
      typeof made === 'function'
        ? [
            [
              name,
              function (...args: unknown[]): unknown {
                return Reflect.construct(made, args);
              },
            ],
          ]
        : [],
    ),
  );
}
