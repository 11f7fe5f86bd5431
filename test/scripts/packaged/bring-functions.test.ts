import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bringFunctions, type Disk } from '../../../scripts/packaged/bring-functions';
import type { BroughtFunctions } from '../../../scripts/packaged/manifest';
import { findProject, NOTE, readNote } from '../../../scripts/packaged/project-folder';
import { root } from '../../../scripts/project/root';
import { runFile, runsTypeScript } from '../../support/run-script';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bring functions '));
  write('project/project.config.json', '{ "cloudfunctionRoot": "cloudfunctions/" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const inFunction = (file: string): string => `project/cloudfunctions/login/${file}`;

/** As a package of that version holds `login`. */
function packageWith(version: string, contents: Record<string, string>): BroughtFunctions {
  const files: Record<string, string> = {};
  for (const [file, text] of Object.entries(contents)) {
    const hash = createHash('sha256').update(text).digest('hex');
    files[file] = hash;
    write(`package/${hash}`, text);
  }
  const login = { description: '', isBase: true, files, collections: [], hasTimer: false };
  return { version, functions: { login }, collections: [] };
}

const bring = (manifest: BroughtFunctions, force = false, disk?: Disk) =>
  bringFunctions(
    {
      project: findProject(join(folder, 'project')),
      packageDir: join(folder, 'package'),
      manifest,
      names: ['login'],
      force,
    },
    disk,
  );

const one = () => packageWith('1.0.0', { 'index.js': 'one\n', 'config.json': '{}', 'old.js': '' });
const two = () => packageWith('2.0.0', { 'index.js': 'two\n', 'config.json': '{"timeout":5}' });

test('a new function is brought, and noted with its version', async () => {
  expect(await bring(one())).toEqual([{ name: 'login', outcome: 'new', kept: [] }]);
  expect(read(inFunction('index.js'))).toBe('one\n');
  expect(readNote(findProject(join(folder, 'project')))).toMatchObject({ version: '1.0.0' });
});

test('the same again changes nothing', async () => {
  await bring(one());
  expect(await bring(one())).toMatchObject([{ outcome: 'unchanged' }]);
});

test('a newer one replaces what was brought, takes away what is no more, and leaves nothing beside', async () => {
  await bring(one());
  expect(await bring(two())).toMatchObject([{ outcome: 'updated' }]);
  expect(read(inFunction('index.js'))).toBe('two\n');
  expect(readdirSync(join(folder, dirname(inFunction('x')))).sort()).toEqual([
    'config.json',
    'index.js',
  ]);
});

test('git may have changed the ends of lines', async () => {
  await bring(one());
  write(inFunction('index.js'), 'one\r\n');
  expect(await bring(two())).toMatchObject([{ outcome: 'updated' }]);
});

describe('what was edited', () => {
  test('is named, and nothing is changed', async () => {
    await bring(one());
    write(inFunction('index.js'), 'mine\n');
    await expect(bring(two())).rejects.toThrow('cloudfunctions/login/index.js');
    expect(read(inFunction('index.js'))).toBe('mine\n');
    expect(read(inFunction('config.json'))).toBe('{}');
    expect(JSON.parse(read(`project/${NOTE}`))).toMatchObject({ version: '1.0.0' });
  });

  test('is replaced by force', async () => {
    await bring(one());
    write(inFunction('index.js'), 'mine\n');
    expect(await bring(two(), true)).toMatchObject([{ outcome: 'updated' }]);
    expect(read(inFunction('index.js'))).toBe('two\n');
  });

  test('stays where it is the settings of the function, also by force', async () => {
    await bring(one());
    write(inFunction('config.json'), '{"timeout":9}');
    const kept = ['cloudfunctions/login/config.json'];
    expect(await bring(two(), true)).toEqual([{ name: 'login', outcome: 'updated', kept }]);
    expect(read(inFunction('config.json'))).toBe('{"timeout":9}');
  });
});

test('a function of that name that is somebody’s own is refused, also by force', async () => {
  write(inFunction('index.js'), 'exports.main = () => "mine";');
  await expect(bring(one(), true)).rejects.toThrow('cloudfunctions/login/');
  expect(readdirSync(join(folder, dirname(inFunction('x'))))).toEqual(['index.js']);
});

test('a run that was interrupted is carried on', async () => {
  await bring(one());
  // Of the newer ones, one was in place, and nothing was noted yet.
  write(inFunction('index.js'), 'two\n');
  expect(await bring(two())).toMatchObject([{ outcome: 'updated' }]);
  expect(readNote(findProject(join(folder, 'project')))).toMatchObject({ version: '2.0.0' });
});

describe('a file that another program has open', () => {
  const locked = (code: string): Error => Object.assign(new Error(code), { code });

  test.each(['EBUSY', 'EPERM', 'EACCES'])('for a moment (%s) is waited for', async (code) => {
    await bring(one());
    const tried = new Set<string>();
    /** Each file can be had at its second try. */
    const isLocked = (path: string): boolean => tried.size < tried.add(path).size;
    const brought = bring(two(), false, {
      rename: (from, to) => (isLocked(to) ? Promise.reject(locked(code)) : rename(from, to)),
      rm: (path) => (isLocked(path) ? Promise.reject(locked(code)) : rm(path)),
    });
    expect(await brought).toMatchObject([{ outcome: 'updated' }]);
    const functionDir = join(folder, dirname(inFunction('x')));
    expect(readdirSync(functionDir).sort()).toEqual(['config.json', 'index.js']);
    expect(read(inFunction('index.js'))).toBe('two\n');
  });

  test('for long is named, nothing is left beside it, and the next run carries on', async () => {
    await bring(one());
    const stays = { rename: () => Promise.reject(locked('EBUSY')), rm };
    await expect(bring(two(), false, stays)).rejects.toThrow(
      /login.(index\.js|config\.json) can't be written: another program has it open/,
    );
    const functionDir = join(folder, dirname(inFunction('x')));
    expect(readdirSync(functionDir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(readNote(findProject(join(folder, 'project')))).toMatchObject({ version: '1.0.0' });
    expect(await bring(two())).toMatchObject([{ outcome: 'updated' }]);
  });
});

test('a project without a folder of functions is told what to add', () => {
  write('project/project.config.json', '{}');
  expect(() => findProject(join(folder, 'project'))).toThrow('cloudfunctionRoot');
});

describe('files in folders of a function', () => {
  const withFolder = (version: string, text: string) =>
    packageWith(version, { 'index.js': 'one\n', 'lib/deep/a.js': text });

  test('are brought, and newer ones in their place', async () => {
    await bring(withFolder('1.0.0', 'old'));
    expect(await bring(withFolder('2.0.0', 'new'))).toMatchObject([{ outcome: 'updated' }]);
    expect(read(inFunction('lib/deep/a.js'))).toBe('new');
  });

  test('are taken away with their folder, where nothing else is in it', async () => {
    await bring(withFolder('1.0.0', ''));
    write(inFunction('lib/mine.js'), 'mine');
    await bring(packageWith('2.0.0', { 'index.js': 'one\n' }));
    expect(readdirSync(join(folder, inFunction('lib')))).toEqual(['mine.js']);
  });

  test('may come where a file was', async () => {
    await bring(packageWith('1.0.0', { 'index.js': 'one\n', lib: 'a file' }));
    expect(await bring(withFolder('2.0.0', 'new'))).toMatchObject([{ outcome: 'updated' }]);
    expect(read(inFunction('lib/deep/a.js'))).toBe('new');
  });

  test('a file where the folder of a function belongs is named', async () => {
    write('project/cloudfunctions/login', 'mine');
    await expect(bring(one(), true)).rejects.toThrow('  cloudfunctions/login\n');
    expect(read('project/cloudfunctions/login')).toBe('mine');
  });

  test.each([
    ['a file where a folder belongs', 'lib', 'lib'],
    ['a folder where a file belongs', 'lib/deep/a.js/mine', 'lib/deep/a.js'],
  ])('%s is named, and nothing is changed, also by force', async (_, mine, named) => {
    await bring(packageWith('1.0.0', { 'index.js': 'zero\n' }));
    write(inFunction(mine), 'mine');
    const bringing = bring(withFolder('2.0.0', 'new'), true);
    await expect(bringing).rejects.toThrow(`  cloudfunctions/login/${named}\n`);
    expect(read(inFunction(mine))).toBe('mine');
    expect(read(inFunction('index.js'))).toBe('zero\n');
  });
});

test('a Ctrl-C waits until all is brought', async () => {
  const manifest = one();
  const script = join(folder, 'bring.ts');
  writeFileSync(
    script,
    `const { rename, rm } = require('node:fs/promises');
     const { setTimeout: pass } = require('node:timers/promises');
     const { defineCommand, runCommand } = require('${root}/scripts/lib/command-line');
     const { bringFunctions } = require('${root}/scripts/packaged/bring-functions');
     const { findProject } = require('${root}/scripts/packaged/project-folder');
     let isFirst = true;
     const disk = {
       rm,
       async rename(from, to) {
         if (isFirst) process.kill(process.pid, 'SIGINT');
         isFirst = false;
         // The signal is read, and would end the process.
         for (let turn = 0; turn < 10; turn += 1) await pass(1);
         await rename(from, to);
       },
     };
     const command = defineCommand('bring', 'Brings.').action(() =>
       bringFunctions({ project: findProject('project'), packageDir: 'package',
         manifest: ${JSON.stringify(manifest)}, names: ['login'], force: false }, disk));
     void runCommand(command, []);`,
  );
  const { exitCode } = await runFile([...runsTypeScript, script], folder);
  expect(exitCode).toBe(130);
  const files = readdirSync(join(folder, dirname(inFunction('x'))));
  expect(files.sort()).toEqual(['config.json', 'index.js', 'old.js']);
  expect(readNote(findProject(join(folder, 'project')))).toMatchObject({ version: '1.0.0' });
});
