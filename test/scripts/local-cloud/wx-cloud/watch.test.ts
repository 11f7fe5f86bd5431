import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';
import { createDatabase, type Database } from '#local-cloud/wx-cloud';
import { phoneDatabase } from '../../../support/phone-database';

interface Snapshot {
  id: number;
  type?: string;
  docs: { _id: string; n: number }[];
  docChanges: Record<string, unknown>[];
}

let cloud: TestCloud;
let db: Database;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  cloud = await openTestCloud({
    collections: [{ name: 'books', indexes: [], permission: 'READONLY' }, 'notes'],
    seed: {
      books: [
        { _id: 'a', _openid: 'me', n: 1, m: 1 },
        { _id: 'b', _openid: 'me', n: 5 },
      ],
    },
  });
  db = phoneDatabase(cloud.url, 'me');
});
beforeEach(() => cloud.control({ reset: true }));
afterEach(async () => {
  for (const watcher of open.splice(0)) await watcher.close();
});
afterAll(() => cloud.close());

interface Watchable {
  watch(options: object): { close(): Promise<void> };
}

/** Watches; `next` is the next snapshot or error. */
function watched(query: Watchable) {
  const arrived: unknown[] = [];
  let wake = (): void => undefined;
  const note = (value: unknown): void => {
    arrived.push(value);
    wake();
  };
  const watcher = query.watch({ onChange: note, onError: note });
  open.push(watcher);
  const next = async <T = Snapshot>(): Promise<T> => {
    while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return arrived.shift() as T;
  };
  return { watcher, next, arrived };
}

test('tells what a query finds, and then each change of it', async () => {
  const books = db.collection('books');
  const { next } = watched(books.where({ n: db.command.lt(5) }).orderBy('n', 'asc'));
  expect(await next()).toEqual({
    id: 0,
    type: 'init',
    docs: [{ _id: 'a', _openid: 'me', n: 1, m: 1 }],
    docChanges: [
      {
        id: 0,
        queueType: 'init',
        dataType: 'init',
        docId: 'a',
        doc: { _id: 'a', _openid: 'me', n: 1, m: 1 },
      },
    ],
  });

  await books.doc('a').update({ data: { n: 2, m: db.command.remove() } });
  const updated = await next();
  expect(updated).not.toHaveProperty('type');
  expect(updated).toMatchObject({
    id: 1,
    docChanges: [
      {
        queueType: 'update',
        dataType: 'update',
        docId: 'a',
        doc: { n: 2 },
        updatedFields: { n: 2 },
        removedFields: ['m'],
      },
    ],
  });

  await books.doc('b').update({ data: { n: 0 } });
  expect(await next()).toMatchObject({
    docs: [{ _id: 'b' }, { _id: 'a' }],
    docChanges: [{ queueType: 'enqueue', dataType: 'add', docId: 'b', doc: { n: 0 } }],
  });

  await books.doc('a').remove();
  expect(await next()).toMatchObject({
    docs: [{ _id: 'b' }],
    docChanges: [{ queueType: 'dequeue', dataType: 'remove', docId: 'a', doc: { n: 2 } }],
  });
});

test('has no limit of 20 or 100 documents, unless it asks for one', async () => {
  await cloud.control({
    seed: { books: Array.from({ length: 120 }, (_, n) => ({ _id: `x${n}`, n: 9 })) },
  });
  const books = db.collection('books').where({ n: 9 });
  expect((await watched(books).next()).docs).toHaveLength(120);
  expect((await watched(books.limit(3)).next()).docs).toHaveLength(3);
});

test('watches one document, and one that is not there yet', async () => {
  const note = db.collection('notes').doc('mine');
  const { next } = watched(note);
  expect(await next()).toMatchObject({ type: 'init', docs: [], docChanges: [] });
  await note.set({ data: { n: 1 } });
  expect(await next()).toMatchObject({ docs: [{ _id: 'mine', n: 1 }] });
});

test('ends with an error where it may not look', async () => {
  await cloud.control({ permissions: { books: 'ADMINONLY' } });
  expect(await watched(db.collection('books')).next<object>()).toMatchObject({
    errCode: -502003,
    errMsg: 'collection.watch:fail -502003 database permission denied. Permission denied',
  });
  expect(await watched(db.collection('gone')).next<object>()).toMatchObject({ errCode: -502005 });
});

test('outlives a database that is down for a while', async () => {
  const books = db.collection('books');
  const { next } = watched(books);
  await next();
  await cloud.control({ fault: { kind: 'databaseDown', count: 3 } });
  const update = (): Promise<unknown> =>
    Promise.resolve(books.doc('a').update({ data: { n: 7 } })).catch(update);
  await update();
  expect(await next()).toMatchObject({ docChanges: [{ updatedFields: { n: 7 } }] });
});

test('tells nothing once it is closed, and asks no more', async () => {
  let asked = 0;
  let reply: (value: object) => void = () => undefined;
  const waiting = createDatabase({
    pollMs: 0,
    send: () => {
      asked += 1;
      return new Promise((resolve) => (reply = resolve));
    },
  });
  const { watcher, arrived } = watched(waiting.collection('books'));
  expect(asked).toBe(1);
  await watcher.close();
  reply({ data: { list: [] } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([arrived, asked]).toEqual([[], 1]);
});

test('needs both of its listeners', () => {
  expect(() => db.collection('books').watch({ onChange: () => undefined })).toThrow(
    'onChange and onError',
  );
});
