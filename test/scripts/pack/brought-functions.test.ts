import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesIn } from '../../../scripts/pack/brought-functions';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brought functions '));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('files in folders of a function are packed too, with slashes on every system', async () => {
  mkdirSync(join(folder, 'lib/deep/empty'), { recursive: true });
  for (const file of ['lib/deep/a.js', 'index.js']) writeFileSync(join(folder, file), '');
  expect(await filesIn(folder)).toEqual(['index.js', 'lib/deep/a.js']);
});
