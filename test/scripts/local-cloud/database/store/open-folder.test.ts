/** Data folders of older versions are migrated when they are opened, whole or not at all. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EJSON, serialize } from 'bson';
import { open } from 'lmdb';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { IndexDefinition } from '../../../../../scripts/local-cloud/database/store/collection';
import {
  openDocumentStore,
  type DocumentStore,
} from '../../../../../scripts/local-cloud/database/store/document-store';
import { root } from '../../../../../scripts/project/root';
import { runsTypeScript } from '../../../../support/run-script';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const BY_N: IndexDefinition = { name: 'by_n', keys: [{ field: 'n', order: 'asc' }], unique: true };
const state = () => open({ path: join(folder, 'state.lmdb'), maxDbs: 20 });
const NUMBER = 2;

/** As the versions before 3 wrote it: a table for each collection, by the ids. */
async function writeOld(version: number | undefined, count: number): Promise<void> {
  const old = state();
  const meta = old.openDB<unknown, string>({ name: 'meta' });
  const names = old.openDB<boolean, string>({ name: 'collections' });
  const things = old.openDB<Buffer, string>({ name: 'documents:things', encoding: 'binary' });
  const entries = old.openDB({ name: 'indexes:things' });
  old.transactionSync(() => {
    names.putSync('things', true);
    names.putSync('empty', true);
    for (let n = 0; n < count; n++) {
      const id = n % 2 === 0 ? n : `text-${n}`;
      const key = typeof id === 'string' ? `s${id}` : `j${EJSON.stringify({ id })}`;
      things.putSync(key, Buffer.from(serialize({ _id: id, n })));
      if (version === 2) entries.putSync(['by_n', NUMBER, n, key], true);
    }
    if (version === 2) meta.putSync('indexes:things', [{ ...BY_N, isMultikey: false }]);
    if (version !== undefined) meta.putSync('formatVersion', version);
  });
  await old.close();
}

async function opened<T>(use: (store: DocumentStore) => T): Promise<T> {
  const store = await openDocumentStore(folder);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

const numbers = (store: DocumentStore): unknown[] =>
  store.read('things', (things) => [...things.all()].map(({ n }) => n as unknown));
const found = (store: DocumentStore, n: number): unknown[] =>
  store.read('things', (things) => {
    const [index] = things.indexes;
    return index === undefined ? [] : [...things.scan({ index, equal: [n], backwards: false })];
  });

test.each([[undefined], [1], [2]])(
  'version %s: every document is there, in the order that it was read in, and new ones come last',
  async (version) => {
    await writeOld(version, 6);
    await opened(async (store) => {
      expect(numbers(store)).toEqual([0, 2, 4, 1, 3, 5]);
      expect(store.hasCollection('empty')).toBe(true);
      await store.write('things', (things) => things.put({ _id: '0', n: 6 }));
      await store.write('empty', (things) => things.put({ _id: 'x' }));
    });
    await opened((store) => {
      expect(numbers(store)).toEqual([0, 2, 4, 1, 3, 5, 6]);
      expect(store.read('things', (things) => things.get(4))).toEqual({ _id: 4, n: 4 });
      expect(store.read('empty', (things) => [...things.all()])).toEqual([{ _id: 'x' }]);
    });
  },
);

test('version 2: the indexes find what they found, and stay unique', async () => {
  await writeOld(2, 6);
  await opened(async (store) => {
    expect(found(store, 3)).toEqual([{ _id: 'text-3', n: 3 }]);
    const twice = store.write('things', (things) => things.put({ _id: 'new', n: 3 }));
    await expect(twice).rejects.toMatchObject({ name: 'DuplicateKey', index: 'by_n' });
    await store.write('things', (things) => things.remove('text-3'));
    expect(found(store, 3)).toEqual([]);
  });
});

test('killed on the way, a migration has changed nothing, and is made anew', async () => {
  const COUNT = 40_000;
  await writeOld(2, COUNT);
  const versionNow = async (): Promise<unknown> => {
    const raw = state();
    const version: unknown = raw.openDB<unknown, string>({ name: 'meta' }).get('formatVersion');
    if (version !== 3) {
      const left = [
        raw.openDB({ name: 'documents:things' }),
        raw.openDB({ name: 'indexes:things' }),
      ];
      expect(left.map((table) => table.getCount())).toEqual([COUNT, COUNT]);
      expect(raw.openDB({ name: 'documents' }).getCount()).toBe(0);
    }
    await raw.close();
    return version;
  };
  // Later and later, until one comes through.
  let kills = 0;
  for (let delayMs = 150; (await versionNow()) === 2; delayMs *= 1.4) {
    const child = spawn(
      process.execPath,
      [
        ...runsTypeScript,
        ...[`${root}/scripts/run.mjs`, 'local-cloud', '--port', '0', '--data', folder],
      ],
      { cwd: root, stdio: 'ignore' },
    );
    await wait(delayMs);
    child.kill('SIGKILL');
    await once(child, 'exit');
    kills += 1;
  }
  expect(kills).toBeGreaterThan(1);
  await opened((store) => {
    expect(numbers(store)).toHaveLength(COUNT);
    expect(found(store, COUNT - 1)).toEqual([{ _id: `text-${COUNT - 1}`, n: COUNT - 1 }]);
  });
});
