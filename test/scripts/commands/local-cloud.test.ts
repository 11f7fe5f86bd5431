/** `npm run local-cloud` on what somebody else wrote. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/project/root';
import { removeMiniprograms, writeFolder, type Files } from '../../support/miniprogram-folder';
import { runScript, runsScript } from '../../support/run-script';

afterEach(removeMiniprograms);

const COUNT = `
  const { count } = require('counting');
  exports.main = async () => ({ count: await count('books'), openid: process.env.WX_OPENID });`;

const COUNTING = `
    exports.count = async (collectionName) => {
      const { URL } = JSON.parse(process.env.TCB_CONTEXT_CNFG);
      const body = JSON.stringify({ action: 'database.calculateDocument', collectionName });
      const reply = await fetch(URL, { method: 'POST', body });
      return (await reply.json()).data.total;
    };`;

const PROJECT: Files = {
  'project.config.json': { cloudfunctionRoot: 'cloudfunctions/' },
  'pages/a.js': `wx.cloud.database().collection('books').get();`,
  'cloudfunctions/books/index.js': COUNT,
  'cloudfunctions/books/package.json': { dependencies: { counting: 'file:../../counting' } },
  'counting/package.json': { name: 'counting', version: '1.0.0', main: 'index.js' },
  'counting/index.js': COUNTING,
};

interface Started {
  url: string;
  output: string;
  call(name: string): Promise<unknown>;
  end(): Promise<void>;
}

/** Resolves when it is ready. @throws Error with all that it printed, if it ends before */
async function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, runsScript('local-cloud', '--port', '0', ...args), {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const [, ready] = /ready on (\S+)\n/.exec(output) ?? [];
        if (ready !== undefined) resolve(ready);
      });
    }
    child.on('close', () => reject(new Error(output)));
  });
  return {
    output,
    url,
    async call(name) {
      const options = { method: 'POST', headers: { 'x-wx-openid': 'me' }, body: '{}' };
      const reply = await fetch(`${url}/functions/${name}`, options);
      return (await reply.json()) as unknown;
    },
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

test('--project serves a mini program, and says what it lacks', async () => {
  const dir = writeFolder(PROJECT);
  const cloud = await start('--project', dir, '--data', join(dir, 'data'));
  try {
    expect(cloud.output.split('\n')).toEqual([
      `project ${dir}`,
      `1 function in ${dir}/cloudfunctions: books`,
      '1 collection: books',
      '  where a page asks for them itself, it gets what its user added; all of it with --permission NAME=READONLY',
      '1 function requires what is not installed: counting',
      'install it with --install, or yourself:',
      `  npm install --prefix ${dir}/cloudfunctions/books`,
      `data in ${dir}/data`,
      expect.stringMatching(/^local cloud ready on /),
      '',
    ]);
    expect(await cloud.call('books')).toMatchObject({ errCode: -504002 });
  } finally {
    await cloud.end();
  }
});

test('--install installs what it lacks', async () => {
  const dir = writeFolder(PROJECT);
  const cloud = await start('--project', dir, '--install', '--data', join(dir, 'data'));
  try {
    expect(cloud.output).toContain('Installing what books requires ...');
    expect(cloud.output).not.toContain('not installed');
    expect(await cloud.call('books')).toMatchObject({ result: { count: 0, openid: 'me' } });
  } finally {
    await cloud.end();
  }
});

test('--project keeps the state outside of the project, one folder for each', async () => {
  const dir = writeFolder({ 'project.config.json': {} });
  const cloud = await start('--project', dir);
  const [, data = ''] = /data in (.+)/.exec(cloud.output) ?? [];
  try {
    expect(data).toMatch(/\.local-cloud\/miniprogram-\w+-[0-9a-f]{8}$/);
    expect(await readdir(data)).not.toEqual([]);
    expect(await readdir(dir)).toEqual(['project.config.json']);
  } finally {
    await cloud.end();
    await rm(data, { recursive: true });
  }
});

test('--permission opens a collection to pages, also one that is not named otherwise', async () => {
  const dir = writeFolder(PROJECT);
  const permissions = ['--permission', 'books=READONLY', '--permission', 'prices=ADMINWRITE'];
  const cloud = await start('--project', dir, ...permissions, '--data', join(dir, 'data'));
  try {
    const state = (await (await fetch(`${cloud.url}/control`)).json()) as object;
    expect(state).toMatchObject({ permissions: { books: 'READONLY', prices: 'ADMINWRITE' } });
    const body = JSON.stringify({ action: 'database.getDocument', collectionName: 'prices' });
    const options = { method: 'POST', headers: { 'x-wx-openid': 'me' }, body };
    const reply = await fetch(`${cloud.url}/database`, options);
    expect(await reply.json()).toMatchObject({ data: { list: [] } });
  } finally {
    await cloud.end();
  }
});

test('--functions makes the collections that they name', async () => {
  const dir = writeFolder({
    'a/index.js': `db => db.collection('books'); ${COUNT.replace(`'counting'`, `'../counting'`)}`,
    'counting.js': COUNTING,
  });
  const cloud = await start('--functions', dir, '--data', join(dir, '.data'));
  try {
    expect(cloud.output).toContain('1 collection: books\n');
    expect(await cloud.call('a')).toMatchObject({ result: { count: 0 } });
  } finally {
    await cloud.end();
  }
});

describe('is refused', () => {
  test.each([
    ['with both', ['--project', '.', '--functions', '.'], 'Give either --project or --functions'],
    ['with nothing to install for', ['--install'], '--install needs --project or --functions.'],
    ['with a permission of nothing', ['--permission', '=READONLY'], '--permission must be NAME='],
    ['with no permission', ['--permission', 'orders=X'], '--permission orders=X: '],
    ['with a folder that is not there', ['--project', '/nowhere'], 'There is no folder /nowhere.'],
    [
      'with no name of a collection',
      ['--collection', 'a b'],
      '--collection must name a collection',
    ],
  ])('%s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await runScript('local-cloud', ['--port', '0', ...args]);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  test('where there is no project', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'no-project-'));
    await mkdir(join(dir, 'empty'));
    const { exitCode, output } = await runScript('local-cloud', ['--project', `${dir}/empty`]);
    expect(output).toBe(
      `There is no project.config.json in ${dir}/empty: choose the mini program's folder, or its functions with --functions.\n`,
    );
    expect(exitCode).toBe(1);
    await rm(dir, { recursive: true });
  });
});
