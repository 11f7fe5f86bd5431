/** Stored files that another program has open: those of the disk are real, who has them open is not. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../../../../scripts/local-cloud/storage/file-store';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file store '));
});
afterEach(() => rmSync(folder, { recursive: true }));

const locked = (code: string): Error => Object.assign(new Error(code), { code });
const file = (text: string) => ({
  cloudPath: 'a/b.txt',
  contentType: 'text/plain',
  content: Buffer.from(text),
});

test.each(['EBUSY', 'EPERM', 'EACCES'])('for a moment (%s), they are waited for', async (code) => {
  let tries = 0;
  const isLocked = (): boolean => ++tries % 3 !== 0;
  const store = openFileStore(folder, {
    rename: (from, to) => (isLocked() ? Promise.reject(locked(code)) : rename(from, to)),
    rm: (path, options) => (isLocked() ? Promise.reject(locked(code)) : rm(path, options)),
  });
  await store.save(file('one'));
  expect((await store.read('a/b.txt'))?.content.toString()).toBe('one');
  expect(await store.remove('a/b.txt')).toBe(true);
  expect(tries).toBe(6);
  expect(readdirSync(folder)).toEqual([]);
});

test('for long, saving fails, and what was there stays, alone', async () => {
  await openFileStore(folder).save(file('one'));
  const store = openFileStore(folder, { rename: () => Promise.reject(locked('EPERM')), rm });
  await expect(store.save(file('two'))).rejects.toThrow('EPERM');
  expect((await store.read('a/b.txt'))?.content.toString()).toBe('one');
  expect(readdirSync(folder)).toHaveLength(1);
});

test('another failure is not tried again', async () => {
  let tries = 0;
  const full = (): Promise<void> => Promise.reject(locked(`ENOSPC${String(++tries)}`));
  const store = openFileStore(folder, { rename: full, rm });
  await expect(store.save(file('one'))).rejects.toThrow('ENOSPC1');
  expect(tries).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});
