/** How what was built gets in place: whole, file by file, and only what differs. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textFile, type BuiltFile } from '../../../scripts/build/built-file';
import { createPublisher } from '../../../scripts/build/publisher';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'publisher-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const FOLDERS = ['functions'];
const files = (entries: Record<string, string>): BuiltFile[] =>
  Object.entries(entries).map(([path, text]) => textFile(path, text));
const publish = (entries: Record<string, string>): Promise<string[]> =>
  createPublisher(dir).publish(files(entries), FOLDERS);

/** Of files only. */
function tree(): Record<string, string> {
  const all = readdirSync(dir, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    all
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(dir.length + 1), readFileSync(path, 'utf8')]),
  );
}

test('what is the same stays untouched, and the rest is named', async () => {
  await publish({ 'functions/a/index.js': '1', 'functions/b/index.js': '1' });
  const signature = (): bigint[] => {
    const { ino, ctimeNs } = statSync(join(dir, 'functions/a/index.js'), { bigint: true });
    return [ino, ctimeNs];
  };
  const before = signature();
  const changed = await publish({ 'functions/a/index.js': '1', 'functions/b/index.js': '2' });
  expect(changed).toEqual(['functions/b/index.js']);
  expect(signature()).toEqual(before);
  expect(tree()).toEqual({ 'functions/a/index.js': '1', 'functions/b/index.js': '2' });
});

test('what is no longer made goes, with its folder; what is in other folders stays', async () => {
  await publish({ 'functions/a/index.js': '1', 'functions/b/lib/x.js': '1', 'lib/y.js': '1' });
  expect(await publish({ 'functions/a/index.js': '1' })).toEqual(['functions/b/lib/x.js']);
  expect(tree()).toEqual({ 'functions/a/index.js': '1', 'lib/y.js': '1' });
  expect(readdirSync(join(dir, 'functions'))).toEqual(['a']);
});

test('what somebody else has changed or deleted is put right', async () => {
  const publisher = createPublisher(dir);
  const all = files({ 'functions/a/index.js': '1', 'functions/b/index.js': '1' });
  await publisher.publish(all, FOLDERS);
  await writeFile(join(dir, 'functions/a/index.js'), 'x');
  await rm(join(dir, 'functions/b'), { recursive: true });
  await publisher.publish(all, FOLDERS);
  expect(tree()).toEqual({ 'functions/a/index.js': '1', 'functions/b/index.js': '1' });
});

test('a file takes the place of a folder, and a folder that of a file', async () => {
  await publish({ 'functions/a': '1', 'functions/b/c/d.js': '1' });
  const turned = { 'functions/a/b/index.js': '2', 'functions/b': '2' };
  await publish(turned);
  expect(tree()).toEqual(turned);
});

test('two at once both succeed, and leave the whole tree and nothing else', async () => {
  const all = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`functions/f${n}/index.js`, 'x'.repeat(n)]),
  );
  await Promise.all([publish(all), publish(all), publish(all)]);
  expect(tree()).toEqual(all);
  expect(readdirSync(dir)).toEqual(['functions']);
});

test('an entry comes after what it loads, and goes before it', async () => {
  const moved: string[] = [];
  const publisher = createPublisher(dir, async (from, to) => {
    moved.push(String(to).slice(dir.length + 1));
    await rename(from, to);
  });
  const entry = { ...textFile('functions/a/index.js', '1'), isEntry: true };
  await publisher.publish([entry, textFile('functions/a/sdk.js', '1')], FOLDERS);
  expect(moved).toEqual(['functions/a/sdk.js', 'functions/a/index.js']);
  expect(await publisher.publish([], FOLDERS)).toEqual([
    'functions/a/index.js',
    'functions/a/sdk.js',
  ]);
});

test('what a build left behind that was ended is removed, and not what another is writing', async () => {
  const [old, new_] = [join(dir, '.staging-old'), join(dir, '.staging-new')];
  await mkdir(old);
  await mkdir(new_);
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(old, hourAgo, hourAgo);
  await publish({ 'functions/a.js': '1' });
  expect(readdirSync(dir)).toEqual(['.staging-new', 'functions']);
});

describe('a file that another program has open', () => {
  const locked = (code: string): Error => Object.assign(new Error(code), { code });

  test.each(['EBUSY', 'EPERM', 'EACCES'])('for a moment (%s) is waited for', async (code) => {
    let times = 0;
    const publisher = createPublisher(dir, async (from, to) => {
      times += 1;
      if (times <= 3) throw locked(code);
      await rename(from, to);
    });
    await publisher.publish(files({ 'functions/a.js': '1' }), FOLDERS);
    expect(tree()).toEqual({ 'functions/a.js': '1' });
    expect(times).toBe(4);
  });

  test('for long is named, and what was there stays', async () => {
    await publish({ 'functions/a.js': '1' });
    const publisher = createPublisher(dir, () => Promise.reject(locked('EBUSY')));
    await expect(publisher.publish(files({ 'functions/a.js': '2' }), FOLDERS)).rejects.toThrow(
      /functions.a\.js can't be replaced: another program has it open/,
    );
    expect(tree()).toEqual({ 'functions/a.js': '1' });
  });
});
