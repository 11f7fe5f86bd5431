/** `npm start` and `npm run dev`, as processes: what does not build is told, and waited for. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFreshCopy, type FreshCopy } from '../../support/fresh-copy';
import { startInGroup, type InGroup } from '../../support/interrupted';
import { runsTypeScript } from '../../support/run-script';

let copy: FreshCopy;
let running: InGroup | undefined;

beforeEach(async () => {
  copy = await makeFreshCopy();
});
afterEach(async () => {
  running?.signal('SIGINT');
  await running?.ended();
  running = undefined;
  await copy.remove();
});

function start(name: string, ...args: string[]): InGroup {
  const command = [...runsTypeScript, 'scripts/run.mjs', name, ...args];
  running = startInGroup(command, copy.dir, copy.environment);
  return running;
}

/** Resolves to what takes it back. */
async function spoil(file: string, by: string): Promise<() => Promise<void>> {
  const path = join(copy.dir, file);
  const before = await readFile(path);
  await appendFile(path, by);
  return () => writeFile(path, before);
}

test('a start waits until its sources build, and until they compile', async () => {
  const mendScript = await spoil('miniprogram/app.ts', 'const x: = 1;\n');
  const mendPage = await spoil('miniprogram/pages/home/index.wxml', '<view');
  const started = start('start', '--port', '0', '--cloud-port', '0');
  await started.printed(/miniprogram\/app\.ts:\d+:10[^]*the start goes on then/);
  await mendScript();
  await started.printed(
    /miniprogram\/pages\/home\/index\.wxml:\d+:\d+: [^]*the start goes on then/,
  );
  await mendPage();
  await started.printed(/Open http/);

  const mendFunction = await spoil('cloudfunctions/note/index.ts', 'const x: = 1;\n');
  await started.printed(/cloudfunctions\/note\/index\.ts:\d+:10[^]*The phones go on/);
  await mendFunction();
  await started.printed(/cloudfunctions\/note\/index\.ts: built in/);
});

test('so does that of another mini program', async () => {
  const dir = join(copy.dir, 'another');
  await mkdir(join(dir, 'pages/home'), { recursive: true });
  const page = join(dir, 'pages/home/index.wxml');
  await writeFile(join(dir, 'app.json'), '{ "pages": ["pages/home/index"] }');
  await writeFile(join(dir, 'app.js'), 'App({});');
  await writeFile(join(dir, 'pages/home/index.js'), 'Page({});');
  await writeFile(page, '<view>\n<view');
  const started = start('start', '--project', dir, '--port', '0', '--cloud-port', '0');
  await started.printed(/pages\/home\/index\.wxml:2:\d+: [^]*the start goes on then/);
  await writeFile(page, '<view></view>');
  await started.printed(/Open http/);
});

test('new collections are made at the next start, which is said', async () => {
  const started = start('start', '--port', '0', '--cloud-port', '0');
  await started.printed(/Open http/);
  const path = join(copy.dir, 'cloudfunctions/resources.json');
  const resources = JSON.parse(await readFile(path, 'utf8')) as { collections: object[] };
  resources.collections.push({ name: 'orders', permission: 'PRIVATE', indexes: [] });
  await writeFile(path, JSON.stringify(resources));
  await started.printed(
    /collections and indexes of resources\.json are made at the next npm start/,
  );
});

test('npm run dev keeps dist/ in step, and what was built before where it cannot', async () => {
  const started = start('dev');
  await started.printed(/Open this folder in WeChat DevTools/);
  const built = join(copy.dir, 'dist/miniprogram/pages/home/index.wxml');
  const before = await readFile(built, 'utf8');

  const takeBack = await spoil('miniprogram/pages/home/index.wxml', '<view>added</view>\n');
  await started.printed(/miniprogram\/pages\/home\/index\.wxml: built in/);
  expect(await readFile(built, 'utf8')).toBe(`${before}<view>added</view>\n`);

  const mend = await spoil('miniprogram/app.ts', 'const x: = 1;\n');
  await started.printed(/miniprogram\/app\.ts:\d+:10[^]*What was built before stays/);
  await takeBack();
  await mend();
  await started.printed(/built in \d+ ms\n[^]*built in \d+ ms\n[^]*built in \d+ ms\n/i);
  expect(await readFile(built, 'utf8')).toBe(before);

  started.signal('SIGINT');
  running = undefined;
  expect(await started.ended()).toMatchObject({ exitCode: 0, files: [] });
});
