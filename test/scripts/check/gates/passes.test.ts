import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rememberedPasses, type Inputs } from '../../../../scripts/check/gates/passes';

const folders: string[] = [];
let root: string;
let runs: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'passes-'));
  folders.push(root);
  runs = 0;
  write('cloudfunctions/contract.ts', 'export type Reply = string;');
  write('test/reply.test.ts', 'reads Reply');
  write('node_modules/.package-lock.json', '{}');
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, maxRetries: 3 });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** @param output what the gate prints when it fails */
function check(
  output?: string,
  { while: meanwhile, ...inputs }: Partial<Inputs> & { while?: () => void } = {},
): Promise<string | undefined> {
  const passes = rememberedPasses(root, join(root, 'node_modules/.cache/check'));
  const all = { reads: (file: string) => !file.endsWith('.md'), command: ['tsc'], ...inputs };
  return passes.unlessPassed('types of test', all, () => {
    runs += 1;
    meanwhile?.();
    return Promise.resolve(output);
  });
}

test('what passed is not run again, and what failed is', async () => {
  expect(await check('wrong')).toBe('wrong');
  expect(await check('wrong')).toBe('wrong');
  expect(await check()).toBeUndefined();
  expect(await check('wrong')).toBeUndefined();
  expect(runs).toBe(3);
});

test.each([
  ['a file that others import changes', () => write('cloudfunctions/contract.ts', 'export {};')],
  ['a file comes', () => write('test/other.test.ts', '')],
  ['a file goes', () => rmSync(join(root, 'test/reply.test.ts'))],
  ['a setting changes', () => write('tsconfig.json', '{}')],
  ['a package is installed', () => write('node_modules/.package-lock.json', '{"packages":{}}')],
])('when %s, what passed is run again', async (_change, change) => {
  await check();
  change();
  expect(await check('wrong')).toBe('wrong');
});

test('another command line is run', async () => {
  await check();
  expect(await check('wrong', { command: ['tsc', '--strict'] })).toBe('wrong');
});

test('a file that is not read changes nothing', async () => {
  await check();
  write('README.md', 'text');
  expect(await check('wrong')).toBeUndefined();
});

test('a pass is not kept for files that were saved while it ran', async () => {
  await check(undefined, { while: () => write('test/reply.test.ts', 'right for a moment') });
  write('test/reply.test.ts', 'reads Reply');
  expect(await check('wrong')).toBe('wrong');
});
