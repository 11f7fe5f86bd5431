/** Which tests `npm run test:quick` runs. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/project/root';
import { quickTests } from '../../../scripts/testing/quick-tests';
import { runFile } from '../../support/run-script';

const FILES: Record<string, string> = {
  'plain.test.ts': `import './value'; import type { ChildProcess } from 'node:child_process';`,
  'forks.test.ts': `import { fork } from 'node:child_process'; fork('x');`,
  'reaches.test.ts': `import './value'; import './round'; import './starts';`,
  'browses.test.ts': `import { chromium } from 'playwright-core'; chromium;`,
  'value.ts': `export const value = 1;`,
  'round.ts': `import './round-2'; export {};`,
  'round-2.ts': `import './round'; export {};`,
  'starts.ts': `import './spawns'; export {};`,
  'spawns.ts': `import { spawn } from 'child_process'; export const run = spawn;`,
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quick-tests-'));
  for (const [file, text] of Object.entries(FILES)) await writeFile(join(folder, file), text);
});
afterAll(() => rm(folder, { recursive: true }));

test('a test is quick unless it reaches what starts a process or a browser, however far down', async () => {
  const tests = Object.keys(FILES).filter((file) => file.endsWith('.test.ts'));
  expect(await quickTests(folder, tests)).toEqual(['plain.test.ts']);
});

test('of this project the promises and the client are quick, and what runs on a local cloud is not', async () => {
  const quick = [
    'test/cloudfunctions/promises/model.test.ts',
    'test/miniprogram/session/session-client.test.ts',
    'test/miniprogram/pages/home.test.ts',
  ];
  const slow = [
    'test/cloudfunctions/session/session.test.ts',
    'test/flows/one-phone.test.ts',
    'test/flows/two-phones.test.ts',
  ];
  expect(await quickTests(root, [...quick, ...slow])).toEqual(quick);
});

test('a path chooses among the quick tests, whatever else it matches', async () => {
  const chosen = `${root}/test/scripts/lib/loopback-server.test.ts`;
  const quick = [chosen, `${root}/test/scripts/run.test.ts`];
  const jest = [`${root}/node_modules/jest/bin/jest.js`, '--listTests', 'test/scripts/lib'];
  const filter = `--filter=${root}/test/config/quick-tests.cjs`;
  const { output } = await runFile([...jest, filter], root, { QUICK_TESTS: JSON.stringify(quick) });
  expect(output).toBe(`${chosen}\n`);
});
