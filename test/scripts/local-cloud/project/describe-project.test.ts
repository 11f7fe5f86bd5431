/** What is said of a project before it is served. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { describeProject, readFunctions, readProject } from '#local-cloud';
import { removeMiniprograms, writeFolder, type Files } from '../../../support/miniprogram-folder';

const ANSWER = 'exports.main = () => 1;';
const CONFIG = { cloudfunctionRoot: 'cloudfunctions/', miniprogramRoot: 'miniprogram/' };

let shownFrom = '/';
// Folders are shown as they are called from where the command runs.
beforeEach(() => {
  jest.spyOn(process, 'cwd').mockImplementation(() => shownFrom);
});
afterEach(() => {
  jest.restoreAllMocks();
  removeMiniprograms();
});

async function describeFiles(files: Files): Promise<string[]> {
  const dir = writeFolder({
    'miniprogram/app.js': 'App({})',
    'project.config.json': CONFIG,
    ...files,
  });
  shownFrom = dir;
  return describeProject(await readProject(dir));
}

test('a project with all that it needs', async () => {
  const lines = await describeFiles({
    'cloudfunctions/login/index.js': `db.collection('users');`,
    'cloudfunctions/sweep/index.js': `db.createCollection('logs');`,
    'cloudfunctions/sweep/config.json': {
      triggers: [{ name: 't', type: 'timer', config: '0 0 3 * * * *' }],
      permissions: { openapi: ['wxacode.get', 'security.msgSecCheck'] },
    },
    'miniprogram/pages/a.js': `wx.cloud.database().collection('todos');`,
  });
  expect(lines).toEqual([
    'project .',
    '2 functions in cloudfunctions: login, sweep',
    'timers: sweep (0 0 3 * * * *)',
    'open interfaces: security.msgSecCheck, wxacode.get',
    '2 collections: todos, users',
    '  where a page asks for them itself, it gets what its user added; all of it with --permission NAME=READONLY',
    'left to functions, which create them: logs',
  ]);
});

test('a project with nothing in it', async () => {
  const dir = writeFolder({ 'project.config.json': {} });
  shownFrom = '/';
  expect(describeProject(await readProject(dir))).toEqual([
    `project ${dir.slice(1)}`,
    '0 collections',
    'no functions: project.config.json names no cloudfunctionRoot, e.g. "cloudfunctions/"',
  ]);
});

test('a folder of functions alone', async () => {
  const dir = writeFolder({ 'a/index.js': `db.collection('x')` });
  shownFrom = dir;
  expect(describeProject(await readFunctions(dir))).toEqual([
    '1 function in .: a',
    '1 collection: x',
  ]);
});

test('folders that are no functions are named, with why', async () => {
  const lines = await describeFiles({
    'cloudfunctions/common/names.js': '',
    'cloudfunctions/typed/index.ts': '',
    'cloudfunctions/a.b/index.js': ANSWER,
    'cloudfunctions/node_modules/x/index.js': '',
    'cloudfunctions/.cache/index.js': '',
    'cloudfunctions/README.md': '',
  });
  expect(lines).toContain('0 functions in cloudfunctions');
  expect(lines).toContain(
    'not functions: a.b (a name takes letters, digits, - and _), common (no index.js), typed (index.ts: build it first)',
  );
});

test('at most five computed names are shown', async () => {
  const code = Array.from({ length: 7 }, (_, n) => `db.collection(x${n});`).join('\n');
  const lines = await describeFiles({ 'cloudfunctions/a/index.js': code });
  const from = lines.findIndex((line) => line.startsWith('not known'));
  expect(lines.slice(from)).toEqual([
    'not known, because the name is computed; make them with --collection NAME:',
    ...[0, 1, 2, 3, 4].map((n) => `  collection(x${n}) in cloudfunctions/a/index.js:${n + 1}`),
    '  and 2 more',
  ]);
});

describe('what functions require and lack', () => {
  const lacking = async (files: Files): Promise<string[]> => {
    const lines = await describeFiles(files);
    return lines.slice(lines.findIndex((line) => line.includes('not installed')));
  };

  test('is named, with the command for each', async () => {
    const lines = await lacking({
      'project.config.json': { cloudfunctionRoot: 'my cloud' },
      'my cloud/a/index.js': `require('wx-server-sdk'); require('fs'); require('node:path');`,
      'my cloud/a/package.json': { dependencies: { 'wx-server-sdk': 'latest', unused: '1' } },
      'my cloud/b/index.js': `const x = require('./lib'); require('@x/y/z');`,
      'my cloud/b/lib/index.js': `require('request'); require('not' + 'this');`,
      'my cloud/b/unused.js': `require('nobody');`,
    });
    expect(lines).toEqual([
      '2 functions require what is not installed: @x/y, request, wx-server-sdk',
      'install it with --install, or yourself:',
      '  npm install --prefix "my cloud/a"',
      '  npm install --prefix "my cloud/b" @x/y request',
    ]);
  });

  test('is not what a node_modules above holds', async () => {
    const lines = await describeFiles({
      'cloudfunctions/a/index.js': `require('lib'); require('./gone');`,
      'cloudfunctions/node_modules/lib/index.js': '',
    });
    expect(lines.join()).not.toContain('not installed');
  });
});

describe('wx-server-sdk', () => {
  const lines = (version: string): Promise<string[]> =>
    describeFiles({
      'cloudfunctions/a/index.js': ANSWER,
      'cloudfunctions/node_modules/wx-server-sdk/package.json': { version },
    });

  test.each(['1.8.3', '0.8.1', '2.0.4'])('%s is refused by name', async (version) => {
    expect(await lines(version)).toEqual(
      expect.arrayContaining([
        `a has wx-server-sdk ${version}, which can't be told to use the local cloud; 2.1 or newer can:`,
        '  npm install --prefix cloudfunctions/a wx-server-sdk@latest',
      ]),
    );
  });

  test.each(['2.1.2', '2.10.0', '3.0.4', '10.0.0'])('%s is served', async (version) => {
    expect((await lines(version)).join()).not.toContain('wx-server-sdk');
  });
});
