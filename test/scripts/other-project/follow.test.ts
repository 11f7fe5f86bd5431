import { afterEach, expect, test } from '@jest/globals';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MiniprogramCompileError } from '../../../scripts/miniprogram-files/compile-error';
import { follow } from '../../../scripts/other-project/follow';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterEach(removeMiniprograms);

/** Follows a mini program with `cloud/` for its functions; `next` is what is said next. */
async function followed(refresh: () => Promise<void>) {
  const dir = writeMiniprogram({ 'cloud/a/index.js': '' });
  const told: unknown[] = [];
  let hear: (line: string) => void = () => undefined;
  const follower = await follow({
    dir,
    poll: false,
    functionsDir: join(dir, 'cloud'),
    shown: { refresh, showProblems: (problems) => void told.push(problems) },
    say: (line) => {
      hear(line);
    },
  });
  return {
    write: (file: string, text: string) => {
      writeFileSync(join(dir, file), text);
    },
    dir,
    told,
    next: () => new Promise<string>((resolve) => (hear = resolve)),
    close: () => follower.close(),
  };
}

test('a change is shown, also one that comes by a rename or in a new folder', async () => {
  let shown = 0;
  const it = await followed(() => Promise.resolve(void (shown += 1)));
  let said = it.next();
  it.write('pages/home/index.wxml', 'a');
  expect(await said).toMatch(/^pages\/home\/index\.wxml: shown in \d+ ms$/);
  said = it.next();
  it.write('pages/home/.draft', 'b');
  renameSync(join(it.dir, 'pages/home/.draft'), join(it.dir, 'pages/home/index.wxml'));
  expect(await said).toMatch(/^pages\/home\/index\.wxml: shown/);
  said = it.next();
  mkdirSync(join(it.dir, 'pages/new'));
  it.write('pages/new/index.js', '');
  expect(await said).toContain('pages/new');
  await it.close();
  expect(shown).toBeGreaterThanOrEqual(3);
});

test('functions and packages of Node are not looked at', async () => {
  const it = await followed(() => Promise.resolve());
  const said = it.next();
  mkdirSync(join(it.dir, 'node_modules'));
  it.write('node_modules/a.js', '');
  it.write('cloud/a/index.js', 'changed');
  it.write('app.js', '');
  expect(await said).toMatch(/^app\.js: shown/);
  await it.close();
});

test('what does not compile is said with its place, until it does', async () => {
  const problem = { file: 'app.json', line: 2, message: 'is wrong' };
  let isBroken = true;
  const it = await followed(() =>
    isBroken ? Promise.reject(new MiniprogramCompileError([problem])) : Promise.resolve(),
  );
  let said = it.next();
  it.write('app.json', '{');
  expect(await said).toContain('app.json:2: is wrong');
  said = it.next();
  isBroken = false;
  it.write('app.json', '{}');
  expect(await said).toContain('shown');
  await it.close();
  expect(it.told).toEqual([[problem], []]);
});
