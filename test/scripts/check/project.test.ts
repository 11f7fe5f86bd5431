import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkProject } from '../../../scripts/check/project';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const APPID = 'wx0123456789abcdef';
const CONFIG = { miniprogramRoot: 'dist/m/', cloudfunctionRoot: 'dist/f/', appid: APPID };
const APP = {
  pages: ['pages/home/index'],
  sitemapLocation: 'sitemap.json',
  tabBar: { list: [{ pagePath: 'pages/home/index', iconPath: 'home.png' }] },
};

const WHOLE: Record<string, object | string | undefined> = {
  'project.config.json': CONFIG,
  'miniprogram/app.json': APP,
  'cloudfunctions/login/index.ts': '',
  'cloudfunctions/logout/index.ts': '',
  'cloudfunctions/shared/session.ts': '',
  'dist/m/app.json': APP,
  'dist/m/sitemap.json': '{}',
  'dist/m/home.png': '',
  'dist/m/pages/home/index.js': '',
  'dist/m/pages/home/index.json': '{}',
  'dist/m/pages/home/index.wxml': '',
  'dist/f/login/index.js': '',
  'dist/f/login/config.json': '{}',
  'dist/f/login/package.json': '{}',
  'dist/f/logout/index.js': '',
  'dist/f/logout/config.json': '{}',
  'dist/f/logout/package.json': '{}',
};

/** @param files `undefined` for one that is not there */
function check(files: typeof WHOLE) {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  folders.push(folder);
  for (const [file, content] of Object.entries({ ...WHOLE, ...files })) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 1);
    writeFileSync(join(folder, file), text);
  }
  return checkProject(folder);
}

test('a project that is whole has no problems', async () => {
  expect(await check({})).toEqual([]);
});

test.each<[string, typeof WHOLE, { file: string; line?: number }]>([
  [
    'a folder that is not there',
    { 'project.config.json': { ...CONFIG, miniprogramRoot: 'gone/' } },
    { file: 'project.config.json', line: 2 },
  ],
  [
    'no appid',
    { 'project.config.json': { ...CONFIG, appid: '' } },
    { file: 'project.config.json' },
  ],
  [
    'a page without a script',
    { 'dist/m/pages/home/index.js': undefined },
    { file: 'miniprogram/app.json', line: 3 },
  ],
  [
    'a page without WXML',
    { 'dist/m/pages/home/index.wxml': undefined },
    { file: 'miniprogram/app.json', line: 3 },
  ],
  [
    'a sitemap that is not there',
    { 'dist/m/sitemap.json': undefined },
    { file: 'miniprogram/app.json', line: 5 },
  ],
  ['an icon that is not there', { 'dist/m/home.png': undefined }, { file: 'miniprogram/app.json' }],
  [
    'a tab that is no page',
    { 'dist/m/app.json': { ...APP, tabBar: { list: [{ pagePath: 'pages/gone/index' }] } } },
    { file: 'miniprogram/app.json' },
  ],
  [
    'a function without its script',
    { 'dist/f/login/index.js': undefined },
    { file: 'dist/f/login/index.js' },
  ],
  [
    'a function without its config',
    { 'dist/f/login/config.json': undefined },
    { file: 'dist/f/login/config.json' },
  ],
  [
    'a function that is written and not built',
    Object.fromEntries(
      ['index.js', 'config.json', 'package.json'].map((file) => [
        `dist/f/login/${file}`,
        undefined,
      ]),
    ),
    { file: 'dist/f/login/index.js' },
  ],
  [
    'a function that is built and not written',
    { 'dist/f/old/index.js': '' },
    { file: 'dist/f/old' },
  ],
  [
    'the appid in the mini program',
    { 'miniprogram/config.ts': `//\nconst appid = '${APPID}';` },
    { file: 'miniprogram/config.ts', line: 2 },
  ],
  [
    'another appid in a function',
    { 'cloudfunctions/login/config.json': { appid: 'wxfedcba9876543210' } },
    { file: 'cloudfunctions/login/config.json', line: 2 },
  ],
])('%s is found', async (_, files, problem) => {
  expect((await check(files))[0]).toMatchObject(problem);
});
