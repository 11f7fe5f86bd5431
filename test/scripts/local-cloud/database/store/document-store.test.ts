/** Documents in the store: what counts as a change, and what is refused. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Binary, calculateObjectSize, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Collection,
  Document,
} from '../../../../../scripts/local-cloud/database/store/collection';
import {
  openDocumentStore,
  type DocumentStore,
} from '../../../../../scripts/local-cloud/database/store/document-store';
import { DocumentTooLarge } from '../../../../../scripts/local-cloud/database/store/stored-document';

let folder: string;
let store: DocumentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'document-store-'));
  store = await openDocumentStore(folder);
  await store.addCollection('things');
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const write = <T>(run: (things: Collection) => T, transaction?: string): Promise<T> =>
  store.write('things', run, transaction);
/** Whether it differs from what is stored. */
const change = (fields: Document, transaction?: string): Promise<boolean> =>
  write((things) => {
    const document = things.get(fields._id) ?? { _id: fields._id };
    return things.change(document, () => {
      for (const name of Object.keys(document)) Reflect.deleteProperty(document, name);
      Object.assign(document, fields);
    });
  }, transaction);
const read = (id: unknown, transaction?: string): unknown =>
  store.read('things', (things) => things.get(id), transaction);

describe('the collections', () => {
  const revision = (): string => store.summaries()[0]?.revision ?? '';

  test('are listed by name, each with how many documents it has', async () => {
    await store.addCollection('books');
    await write((things) => {
      for (const _id of ['a', 'b']) things.put({ _id });
    });
    expect(store.summaries()).toEqual([
      { name: 'books', documents: 0, revision: expect.any(String) },
      { name: 'things', documents: 2, revision: expect.any(String) },
    ]);
    await write((things) => things.remove('a'));
    expect(store.summaries()).toMatchObject([{ name: 'books' }, { documents: 1 }]);
  });

  test('have another revision after a change, and only then', async () => {
    const seen = new Set([revision()]);
    await write((things) => things.put({ _id: 'a' }));
    seen.add(revision());
    await write((things) => things.put({ _id: 'a', n: 1 }));
    seen.add(revision());
    const transaction = store.beginTransaction();
    await write((things) => things.put({ _id: 'b' }), transaction);
    expect(seen).toContain(revision());
    await store.commit(transaction);
    seen.add(revision());
    expect(read('a')).toMatchObject({ n: 1 });
    expect(seen).toContain(revision());
    await store.clear();
    expect(store.summaries()).toEqual([]);
    await store.addCollection('things');
    seen.add(revision());
    expect(seen.size).toBe(5);
  });
});

describe('a document that is put back', () => {
  // What is compared are bytes: a value of any type must be stored as the same bytes again.
  test.each<[string, unknown]>([
    ['a whole number', 5],
    ['a number with a fraction', 0.1],
    ['a large number', 2 ** 53],
    ['-0', -0],
    ['NaN', NaN],
    ['a string', '中文 😀'],
    ['null', null],
    ['true', true],
    ['a date', new Date(-5)],
    ['an id', new ObjectId()],
    ['a pattern', /a.b/im],
    ['binary data', new Binary(Buffer.of(1, 2, 3))],
    ['a decimal', Decimal128.fromString('1.50')],
    ['a long beyond JavaScript’s numbers', Long.fromString('9007199254740993')],
    ['a timestamp', Timestamp.fromBits(1, 2)],
    ['a nested document', { a: [{ b: null }, []], c: {} }],
  ])('as it was read is no change: %s', async (_, value) => {
    await write((things) => things.put({ _id: 'x', value }));
    const isChanged = await write((things) => {
      const document = things.get('x');
      return document && things.change(document, () => undefined);
    });
    expect(isChanged).toBe(false);
  });

  test('with another value is one, and is kept', async () => {
    await write((things) => things.put({ _id: 'x', n: 1 }));
    expect(await change({ _id: 'x', n: 2 })).toBe(true);
    expect(read('x')).toEqual({ _id: 'x', n: 2 });
  });

  test('with its fields in another order is one', async () => {
    await write((things) => things.put({ _id: 'x', a: 1, b: 2 }));
    expect(await change({ _id: 'x', b: 2, a: 1 })).toBe(true);
  });

  test('in a transaction is compared with what the transaction has made of it', async () => {
    await write((things) => things.put({ _id: 'x', n: 1 }));
    const id = store.beginTransaction();
    await write((things) => things.put({ _id: 'x', n: 2 }), id);
    expect(await change({ _id: 'x', n: 2 }, id)).toBe(false);
    expect(await change({ _id: 'x', n: 1 }, id)).toBe(true);
    expect([read('x', id), read('x')]).toEqual([
      { _id: 'x', n: 1 },
      { _id: 'x', n: 1 },
    ]);
    await store.commit(id);
    expect(read('x')).toEqual({ _id: 'x', n: 1 });
  });
});

test('a document that was read is a copy: changing it changes nothing that is stored', async () => {
  await write((things) => things.put({ _id: 'x', list: [1] }));
  const document = read('x') as { list: number[] };
  document.list.push(2);
  expect(read('x')).toEqual({ _id: 'x', list: [1] });
});

test('an error leaves nothing half done', async () => {
  const failing = write((things) => {
    things.put({ _id: 'a' });
    throw new Error('as planned');
  });
  await expect(failing).rejects.toThrow('as planned');
  expect(read('a')).toBeUndefined();
});

describe('a document', () => {
  test.each<[string, object]>([
    ['over 5 MB', { text: 'x'.repeat(5 * 1024 * 1024) }],
    // It does not even fit into the buffer of `bson`.
    ['far over 5 MB', { list: Array.from({ length: 1_500_000 }, (_, n) => n) }],
  ])('%s is refused', async (_, fields) => {
    const put = write((things) => things.put({ _id: 'x', ...fields }));
    await expect(put).rejects.toBeInstanceOf(DocumentTooLarge);
  });

  test('of exactly 5 MB is taken', async () => {
    const empty = calculateObjectSize({ _id: 'x', text: '' });
    const largest = { _id: 'x', text: 'x'.repeat(5 * 1024 * 1024 - empty) };
    await write((things) => things.put(largest));
    const larger = write((things) => things.put({ ...largest, text: `${largest.text}x` }));
    await expect(larger).rejects.toBeInstanceOf(DocumentTooLarge);
  });
});

describe('collections that are made while everything else goes on', () => {
  // Each collection once had a table of its own: lmdb refused to read one that was younger than the
  // snapshot of a transaction, or whose making was not committed yet, and had room for 2,000 tables.
  test('can be read in a transaction that began before they were made', async () => {
    const id = store.beginTransaction();
    await store.addCollection('young');
    await store.write('young', (young) => young.put({ _id: 'x' }));
    expect(store.read('young', (young) => [...young.all()], id)).toEqual([]);
    expect(store.read('young', (young) => young.get('x'), id)).toBeUndefined();
    store.abort(id);
  });

  test('can be read while their first document is written', async () => {
    const rounds = Array.from({ length: 200 }, async (_, n) => {
      const name = `c${n}`;
      await store.addCollection(name);
      const written = store.write(name, (one) => one.put({ _id: 'x', n }));
      const transaction = store.beginTransaction();
      for (let turn = 0; turn < 5; turn++) {
        store.read(name, (one) => [one.get('x'), ...one.all()]);
        store.read(name, (one) => [one.get('x'), ...one.all()], transaction);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await written;
      await store
        .write(name, (one) => one.put({ _id: 'y', n }), transaction)
        .catch(() => undefined);
      await store.commit(transaction);
      return store.read(name, (one) => [...one.all()].map(({ _id }) => _id));
    });
    for (const ids of await Promise.all(rounds)) expect(ids).toEqual(['x', 'y']);
  });

  test('may be thousands', async () => {
    const names = Array.from({ length: 2_100 }, (_, n) => `c${n}`);
    await Promise.all(names.map((name) => store.addCollection(name)));
    const add = (name: string): Promise<void> =>
      store.write(name, (one) => one.put({ _id: 'x', name }));
    await Promise.all(names.map(add));
    const found = names.map((name) => store.read(name, (one) => one.get('x')?.['name'] as unknown));
    expect(found).toEqual(names);
  });
});

test('many transactions may be open at once', async () => {
  const open: string[] = [];
  for (let n = 0; n < 300; n++) {
    await write((things) => things.put({ _id: 'x', n }));
    open.push(store.beginTransaction());
  }
  expect(open.map((id) => (read('x', id) as { n: number }).n)).toEqual(open.map((_, n) => n));
  for (const id of open) store.abort(id);
});

test('an id that is too long for an index is refused, and found nowhere', async () => {
  const long = 'x'.repeat(10_000);
  await expect(write((things) => things.put({ _id: long }))).rejects.toMatchObject({
    name: 'IndexValueTooLong',
  });
  expect(read(long)).toBeUndefined();
  expect(store.read('things', (things) => things.has(long))).toBe(false);
});
