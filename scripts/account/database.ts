/** The database of a deployment, or of the local cloud, as an operator reaches it. */
import { init } from '@cloudbase/node-sdk';
import type { CommandError } from '../lib/command-error';
import { failureOf } from './failure';

export type Collection = 'sessions' | 'identities' | 'blocked_accounts' | 'sign_ins';

/** Each field is to be equal to its value, or to one of its values. */
export type Where = Readonly<Record<string, string | readonly string[]>>;

/** One request each. Everything rejects with a `CommandError`. */
export interface OperatorDatabase {
  /** At most 100 documents. */
  find(collection: Collection, where: Where): Promise<readonly unknown[]>;
  /** Resolves to whether it did; `false`: there is one with this `_id`. */
  insert(collection: Collection, document: { _id: string } & Fields): Promise<boolean>;
  /** Resolves to how many documents matched. Each value takes the place of the one before. */
  update(collection: Collection, where: Where, fields: Fields): Promise<number>;
  /** Resolves to how many documents matched. */
  remove(collection: Collection, where: Where): Promise<number>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where it is, and what opens it. */
export type Place = { timeoutMs?: number } & (
  | {
      envId: string;
      secretId: string;
      secretKey: string;
      token?: string;
      /** The way to the internet, if it is not the direct one. */
      proxy?: string | undefined;
    }
  /** `http://127.0.0.1:8787` */
  | { localUrl: string }
);

const DUPLICATE_ID = /DATABASE_DUPLICATE_WRITE|E11000/;

export function openOperatorDatabase(place: Place): OperatorDatabase {
  // Else a request that failed keeps the process for three seconds, to warn that it was slow.
  process.env['SILENCE'] ??= 'true';
  const db = init(optionsFor(place)).database();
  const { command: _ } = db;

  const whereOf = (where: Where): object =>
    mapValues(where, (value) => (typeof value === 'string' ? value : _.in([...value])));

  async function ask<T>(
    collection: Collection,
    send: (from: ReturnType<typeof db.collection>) => Promise<unknown>,
    read: (reply: Fields) => T | undefined,
  ): Promise<T> {
    const failure = (cause: unknown): CommandError => failureOf(cause, collection, place);
    let reply: unknown;
    try {
      reply = await send(db.collection(collection));
    } catch (error) {
      throw failure(error);
    }
    // The SDK returns some failures that it could throw.
    const { code } = (reply ?? {}) as { code?: unknown };
    const value = code === undefined ? read((reply ?? {}) as Fields) : undefined;
    if (value === undefined) throw failure(reply);
    return value;
  }

  return {
    find: (collection, where) =>
      ask(
        collection,
        (from) => from.where(whereOf(where)).get(),
        ({ data }) => (Array.isArray(data) ? (data as unknown[]) : undefined),
      ),
    async insert(collection, document) {
      try {
        return await ask(
          collection,
          (from) => from.add(document),
          ({ id }) => (id === undefined ? undefined : true),
        );
      } catch (error) {
        if (DUPLICATE_ID.test(String(error))) return false;
        throw error;
      }
    },
    update: (collection, where, fields) =>
      ask(
        collection,
        (from) =>
          from.where(whereOf(where)).update(mapValues(fields, (value): unknown => _.set(value))),
        ({ updated }) => numberIn(updated),
      ),
    remove: (collection, where) =>
      ask(
        collection,
        (from) => from.where(whereOf(where)).remove(),
        ({ deleted }) => numberIn(deleted),
      ),
  };
}

function optionsFor(place: Place): object {
  const { timeoutMs: timeout } = place;
  // A connection that is kept would keep the command from ending.
  const options = { keepalive: false, ...(timeout !== undefined && { timeout }) };
  if ('envId' in place) {
    const { envId: env, secretId, secretKey, token, proxy } = place;
    return {
      ...{ ...options, env, secretId, secretKey },
      ...(token !== undefined && { sessionToken: token }),
      ...(proxy !== undefined && { proxy }),
    };
  }
  // Else the SDK asks the network whether this machine is one of Tencent's.
  process.env['SUMERU_ENV'] ??= 'test';
  const key = { secretId: 'local', secretKey: 'local' };
  return { ...options, ...key, env: 'local', serviceUrl: `${place.localUrl}/admin` };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

const numberIn = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
