/** What a build leaves out when it is told what has changed: a small project, really built. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBuilder, type Builder } from '../../../scripts/build/builder';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';

const CODE = 'cloudfunctions/a/index.ts';
const PAGE = 'miniprogram/pages/home/index.ts';
const [CODE_BUILT, PAGE_BUILT] = ['cloudfunctions/a/index.js', 'miniprogram/pages/home/index.js'];

let dir: string;
let builder: Builder;

const write = (file: string, text: string): void => {
  writeFileSync(join(dir, file), text);
};
const writeBoth = (word: string): void => {
  write(CODE, `export const main = '${word}';`);
  write(PAGE, `export const page: string = '${word}';`);
};
const built = (file: string): string => readFileSync(join(dir, 'dist', file), 'utf8');
const resources = (methods: string): string =>
  JSON.stringify({
    functions: [
      {
        name: 'a',
        description: 'A function.',
        runtime: 'Nodejs20.19',
        memoryMb: 256,
        timeoutSeconds: 5,
        variables: { SIGN_IN_METHODS: methods },
        permissions: { openapi: [] },
        sessions: 'checks',
      },
    ],
    collections: [],
  });

beforeEach(async () => {
  dir = writeFolder({
    'package.json': { version: '1.0.0' },
    'cloudfunctions/resources.json': resources('wechat'),
    [CODE]: '',
    'miniprogram/app.json': { pages: [] },
    'miniprogram/app.ts': 'App({});',
    'miniprogram/config.ts': 'export const methods = process.env.SIGN_IN_METHODS;',
    [PAGE]: '',
  });
  builder = createBuilder({ dir, libraries: false });
  writeBoth('one');
  await builder.build();
  writeBoth('two');
});

afterEach(async () => {
  await builder.close();
  removeMiniprograms();
});

test('after a change of a page no function is built', async () => {
  expect((await builder.build([PAGE])).changed).toEqual([PAGE_BUILT]);
  expect(built(CODE_BUILT)).toContain('one');
});

test('after a change of a function no page is built', async () => {
  const { changed } = await builder.build([CODE]);
  expect(changed).toContain(CODE_BUILT);
  expect(changed).not.toContain(PAGE_BUILT);
});

test('where it is not known what has changed, all is built', async () => {
  expect((await builder.build()).changed).toEqual(expect.arrayContaining([CODE_BUILT, PAGE_BUILT]));
});

test('ways in that are changed in resources.json reach the mini program', async () => {
  write('cloudfunctions/resources.json', resources('wechat,phone'));
  const { changed } = await builder.build(['cloudfunctions/resources.json']);
  expect(changed).toContain('miniprogram/config.js');
  expect(built('miniprogram/config.js')).toContain('"wechat,phone"');
});

test('a version that is changed reaches the functions', async () => {
  write('package.json', JSON.stringify({ version: '2.0.0' }));
  const { changed } = await builder.build(['package.json']);
  expect(changed).toContain('cloudfunctions/a/package.json');
});

test('what changed in a build that failed is built once it is mended', async () => {
  const [app, gone] = [join(dir, 'miniprogram/app.ts'), join(dir, 'gone')];
  renameSync(app, gone);
  await expect(builder.build(['miniprogram/app.ts', CODE])).rejects.toThrow('app.ts');
  renameSync(gone, app);
  await builder.build(['miniprogram/app.ts']);
  expect(built(CODE_BUILT)).toContain('two');
});
