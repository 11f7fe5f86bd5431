/** What WeChat DevTools show of a clone that is not built, and that no build is committed in its place. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { leaveUnbuilt } from '../../../scripts/build/unbuilt';
import { root } from '../../../scripts/project/root';
import { compileMiniprogram } from '#preview';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'unbuilt '));
});
afterEach(() => rm(dir, { recursive: true }));

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8' });

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), content);
}

const PLACEHOLDER = [
  ...['dist/miniprogram/app.js', 'dist/miniprogram/app.json'],
  ...['js', 'json', 'wxml', 'wxss'].map((kind) => `dist/miniprogram/unbuilt/unbuilt.${kind}`),
];

/** An archive of the project has the files, and no history to ask. */
const inGit = existsSync(join(root, '.git')) ? test : test.skip;

inGit('a clone holds a mini program that says what to run, and nothing else in dist/', async () => {
  const files = git(root, 'ls-files', '-z', '--', 'dist').split('\0').filter(Boolean);
  expect(files).toEqual(PLACEHOLDER);
  for (const file of files) await write(file, git(root, 'show', `:${file}`));
  const { script, warnings } = await compileMiniprogram(join(dir, 'dist/miniprogram'));
  expect(warnings).toEqual([]);
  expect(script).toContain('unbuilt/unbuilt');
  expect(await readFile(join(dir, 'dist/miniprogram/unbuilt/unbuilt.wxml'), 'utf8')).toContain(
    'npm run dev',
  );
});

test('git takes no notice of a build', async () => {
  git(dir, 'init', '--quiet');
  await write('.gitignore', await readFile(join(root, '.gitignore'), 'utf8'));
  for (const file of PLACEHOLDER) await write(file, '{}\n');
  git(dir, 'add', '--all');
  expect(git(dir, 'ls-files', 'dist').trim().split('\n')).toEqual(PLACEHOLDER);

  await leaveUnbuilt(dir);
  await leaveUnbuilt(dir);
  await write('dist/miniprogram/app.json', '{ "pages": [] }\n');
  await write('dist/miniprogram/pages/home/index.js', 'Page({});\n');
  await write('dist/cloudfunctions/login/index.js', '');
  await rm(join(dir, 'dist/miniprogram/unbuilt'), { recursive: true });
  git(dir, 'add', '--all');
  expect(git(dir, 'diff', '--name-only')).toBe('');
  expect(git(dir, 'status', '--porcelain').match(/^A {2}(?!dist)|^A {2}dist/gm)).toHaveLength(
    PLACEHOLDER.length + 1,
  );
  expect(git(dir, 'show', ':dist/miniprogram/app.json')).toBe('{}\n');
});

test('without a repository, or without git, there is nothing to do', async () => {
  await expect(leaveUnbuilt(dir)).resolves.toBeUndefined();
  await expect(leaveUnbuilt(join(dir, 'nowhere'))).resolves.toBeUndefined();
});
