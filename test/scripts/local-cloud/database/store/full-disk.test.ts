/** A disk that refuses what is to be written: nothing of it is kept, and once there is room it is. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ABORT } from 'lmdb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotWritten } from '../../../../../scripts/local-cloud/database/store/commit';
import {
  openDocumentStore,
  type DocumentStore,
} from '../../../../../scripts/local-cloud/database/store/document-store';
import { openFolder } from '../../../../../scripts/local-cloud/database/store/open-folder';
import type { Tables } from '../../../../../scripts/local-cloud/database/store/tables';

let folder: string;
let store: DocumentStore;
let isFull: boolean;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
  isFull = false;
  store = await openDocumentStore(folder, async () => onDisk(await openFolder(folder)));
  await store.addCollection('things');
});
afterEach(async () => {
  isFull = false;
  await store.close();
  await rm(folder, { recursive: true });
});

/** lmdb, whose commits fail as on a full disk while `isFull`. */
function onDisk(tables: Tables): Tables {
  const { root } = tables;
  const transaction = root.transaction.bind(root);
  const failing = async (run: () => unknown): Promise<never> => {
    await root.childTransaction(() => {
      run();
      return ABORT;
    });
    const reason = new Error('No space left on device: Attempting to write page at position 8192');
    throw Object.assign(new Error('Commit failed'), { commitError: Promise.reject(reason) });
  };
  root.transaction = (run) => (isFull ? failing(run) : transaction(run));
  return tables;
}

const put = (_id: string, fields: object = {}): Promise<void> =>
  store.write('things', (things) => things.put({ _id, ...fields }));
const ids = (): string[] =>
  store.read('things', (things) => [...things.all()].map(({ _id }) => String(_id)));
const reopen = async (): Promise<void> => {
  await store.close();
  store = await openDocumentStore(folder);
};

test('a write that was refused says so, and nothing of it is there', async () => {
  await put('a');
  isFull = true;
  const refused = put('b');
  await expect(refused).rejects.toBeInstanceOf(NotWritten);
  await expect(refused).rejects.toThrow(/^The database could not.* \(No space left on device\)$/);
  expect(ids()).toEqual(['a']);
  isFull = false;
  await put('c');
  await reopen();
  expect(ids()).toEqual(['a', 'c']);
});

test('of several at once each one is refused', async () => {
  isFull = true;
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => put(id)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(ids()).toEqual([]);
});

test('a transaction is not in conflict with a write that was refused before it began', async () => {
  isFull = true;
  await expect(put('a')).rejects.toBeInstanceOf(NotWritten);
  isFull = false;
  const transaction = store.beginTransaction();
  await store.write('things', (things) => things.put({ _id: 'a' }), transaction);
  await store.commit(transaction);
  expect(ids()).toEqual(['a']);
});

test('a transaction whose commit was refused is over', async () => {
  const transaction = store.beginTransaction();
  await store.write('things', (things) => things.put({ _id: 'a' }), transaction);
  isFull = true;
  await expect(store.commit(transaction)).rejects.toBeInstanceOf(NotWritten);
  expect(ids()).toEqual([]);
  isFull = false;
  await put('a');
  expect(ids()).toEqual(['a']);
});

test('a collection that could not be added is not there, and can be added later', async () => {
  isFull = true;
  await expect(store.addCollection('books')).rejects.toBeInstanceOf(NotWritten);
  expect(store.hasCollection('books')).toBe(false);
  isFull = false;
  expect(await store.addCollection('books')).toBe(true);
  await store.write('books', (books) => books.put({ _id: 'a' }));
  await reopen();
  expect(store.summaries()).toMatchObject([{ name: 'books', documents: 1 }, { name: 'things' }]);
});

test('what could not be removed is still there', async () => {
  await put('a');
  isFull = true;
  await expect(store.clear()).rejects.toBeInstanceOf(NotWritten);
  expect(ids()).toEqual(['a']);
});

const byTag = { name: 'by_tag', keys: [{ field: 'tags', order: 'asc' as const }], unique: false };
const scanned = (): number[] =>
  store.read('things', (things) => {
    const [index] = things.indexes;
    if (index === undefined) throw new Error('there is no index');
    return [...things.scan({ index, equal: [], backwards: false })].map(() => 1);
  });

test('an index that could not be kept is not there', async () => {
  isFull = true;
  await expect(store.ensureIndexes('things', [byTag])).rejects.toBeInstanceOf(NotWritten);
  expect(store.read('things', ({ indexes }) => indexes)).toEqual([]);
});

test('an index that could not be dropped still follows the documents', async () => {
  await store.ensureIndexes('things', [byTag]);
  isFull = true;
  await expect(store.ensureIndexes('things', [])).rejects.toBeInstanceOf(NotWritten);
  isFull = false;
  await put('a', { tags: 'x' });
  expect(scanned()).toHaveLength(1);
});

test('that an index has documents with several entries is kept by the next write', async () => {
  await store.ensureIndexes('things', [byTag]);
  isFull = true;
  await expect(put('a', { tags: ['x', 'y'] })).rejects.toBeInstanceOf(NotWritten);
  isFull = false;
  await put('a', { tags: ['x', 'y'] });
  await reopen();
  expect(scanned()).toHaveLength(1);
});
