/** Sources that are followed: real files, the real watcher, and real builds of a small project. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildError } from '../../../scripts/build/build-error';
import { createBuilder, type Builder } from '../../../scripts/build/builder';
import { followSources, type Follower } from '../../../scripts/build/follow';
import { removeMiniprograms, writeFolder } from '../../support/miniprogram-folder';

const FUNCTION = {
  description: 'A function.',
  runtime: 'Nodejs20.19',
  memoryMb: 256,
  timeoutSeconds: 5,
  variables: {},
  permissions: { openapi: [] },
  sessions: 'checks',
};
const resources = (...names: string[]): object => ({
  functions: names.map((name) => ({ ...FUNCTION, name })),
  collections: [],
});

let dir: string;
let builder: Builder;
let follower: Follower | undefined;
/** What ended: `built` with the sources, `failed` with the error. */
let ends: EventEmitter;
let count: number;

beforeEach(() => {
  dir = writeFolder({
    'package.json': { version: '1.0.0' },
    'cloudfunctions/resources.json': resources('a'),
    'cloudfunctions/a/index.ts': "import { word } from '../shared/word'; export const main = word;",
    'cloudfunctions/shared/word.ts': "export const word = 'one';",
    'miniprogram/app.json': { pages: [] },
    'miniprogram/app.ts': 'App({});',
    'miniprogram/pages/home/index.ts': "export const page: string = 'one';",
    'miniprogram/pages/home/index.wxss': '.a {}',
  });
  builder = createBuilder({ dir, libraries: false });
  ends = new EventEmitter();
  count = 0;
});

afterEach(async () => {
  await follower?.close();
  await builder.close();
  removeMiniprograms();
});

async function follow(poll = false): Promise<void> {
  follower = await followSources({
    builder,
    dir,
    poll,
    onBuilt(_, sources) {
      count += 1;
      ends.emit('built', sources);
      return Promise.resolve();
    },
    onFailed(error) {
      ends.emit('failed', error);
      return Promise.resolve();
    },
    onNotice: (sentence) => {
      throw new Error(sentence);
    },
  });
}

const path = (file: string): string => join(dir, file);
const built = (file: string): string => readFileSync(path(`dist/${file}`), 'utf8');

function write(file: string, text: string): void {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
}

/** As most editors save: a file beside it, renamed over it. */
function replace(file: string, text: string): void {
  write(`${file}.new`, text);
  renameSync(path(`${file}.new`), path(file));
}

/** Resolves once what is built is as wanted, which may take more than one build. */
async function until(isThere: () => boolean): Promise<void> {
  while (!isThere()) await Promise.race([once(ends, 'built'), once(ends, 'failed')]);
}

async function failure(): Promise<BuildError> {
  const [error] = (await once(ends, 'failed')) as [unknown];
  if (!(error instanceof BuildError)) throw error;
  return error;
}

const HOME = 'miniprogram/pages/home/index';
const CODE = 'cloudfunctions/a/index.js';

test.each([false, true])('a page, a style, a shared file (polled: %s)', async (poll) => {
  await follow(poll);
  write(`${HOME}.ts`, "export const page: string = 'two';");
  await until(() => built(`${HOME}.js`).includes('two'));
  write(`${HOME}.wxss`, '.b {}');
  await until(() => built(`${HOME}.wxss`).includes('.b'));
  write('cloudfunctions/shared/word.ts', "export const word = 'two';");
  await until(() => built(CODE).includes('two'));
  write('package.json', JSON.stringify({ version: '2.0.0' }));
  await until(() => built('cloudfunctions/a/package.json').includes('2.0.0'));
});

test('one file saved over and over, as an editor does', async () => {
  await follow();
  for (const word of ['two', 'three', 'four']) {
    replace('cloudfunctions/shared/word.ts', `export const word = '${word}';`);
    await until(() => built(CODE).includes(word));
    replace(`${HOME}.wxss`, `.${word} {}`);
    await until(() => built(`${HOME}.wxss`).includes(word));
  }
});

test('a change names what changed, and touches nothing else', async () => {
  await follow();
  write(`${HOME}.wxss`, '.b {}');
  expect(await once(ends, 'built')).toEqual([[`${HOME}.wxss`]]);
  // Saved with the same content, it is no line for anybody: the next one is.
  write(`${HOME}.wxss`, '.b {}');
  write(`${HOME}.ts`, "export const page: string = 'two';");
  await until(() => built(`${HOME}.js`).includes('two'));
});

test('new, renamed and deleted files', async () => {
  await follow();
  write('miniprogram/pages/new/index.wxml', '<view />');
  write('miniprogram/pages/new/index.ts', 'export const is: string = "new";');
  await until(
    () =>
      existsSync(path('dist/miniprogram/pages/new/index.js')) &&
      existsSync(path('dist/miniprogram/pages/new/index.wxml')),
  );
  renameSync(path('miniprogram/pages/new'), path('miniprogram/pages/newer'));
  await until(
    () =>
      existsSync(path('dist/miniprogram/pages/newer/index.js')) &&
      !existsSync(path('dist/miniprogram/pages/new')),
  );
  rmSync(path('miniprogram/pages/newer'), { recursive: true });
  await until(() => !existsSync(path('dist/miniprogram/pages/newer')));
});

test('a new function, once resources.json describes it', async () => {
  await follow();
  write('cloudfunctions/b/index.ts', 'export const main = 1;');
  const [error] = (await once(ends, 'failed')) as [Error];
  expect(error.message).toBe('resources.json does not describe the function b.');
  write('cloudfunctions/resources.json', JSON.stringify(resources('a', 'b')));
  await until(() => existsSync(path('dist/cloudfunctions/b/index.js')));
  rmSync(path('cloudfunctions/b'), { recursive: true });
  write('cloudfunctions/resources.json', JSON.stringify(resources('a')));
  await until(() => !existsSync(path('dist/cloudfunctions/b')));
});

test('what is wrong is named with its place, what was built stays, and it goes on when mended', async () => {
  await follow();
  write('cloudfunctions/shared/word.ts', 'export const word =\n  (;');
  const { message, problems } = await failure();
  expect(problems).toEqual([
    expect.objectContaining({
      file: expect.stringMatching(/cloudfunctions\/shared\/word\.ts$/),
      line: 2,
      column: 4,
    }),
  ]);
  expect(message).toContain('word.ts:2:4:');
  expect(built(CODE)).toContain('one');
  write('miniprogram/app.json', '{\n  "pages": [],,\n}');
  expect((await failure()).problems).toContainEqual(
    expect.objectContaining({ file: expect.stringMatching(/miniprogram\/app\.json$/), line: 2 }),
  );
  write('miniprogram/app.json', '{ "pages": [] }');
  write('cloudfunctions/shared/word.ts', "export const word = 'two';");
  await until(() => built(CODE).includes('two'));
});

test('a mistake that is taken back is built, though it is what was there before', async () => {
  await follow();
  const before = count;
  write(`${HOME}.ts`, 'const page = (;');
  await failure();
  write(`${HOME}.ts`, "export const page: string = 'one';");
  await until(() => count > before);
});

test('a whole folder that is deleted and made again, as a checkout does', async () => {
  await follow();
  renameSync(path('miniprogram'), path('elsewhere'));
  const { problems } = await failure();
  expect(problems).toEqual([{ file: 'miniprogram/app.json', message: 'is missing' }]);
  expect(built(`${HOME}.js`)).toContain('one');
  mkdirSync(path('miniprogram'));
  for (const file of ['app.json', 'app.ts', 'pages']) {
    renameSync(path(`elsewhere/${file}`), path(`miniprogram/${file}`));
  }
  write(`${HOME}.ts`, "export const page: string = 'two';");
  await until(() => built(`${HOME}.js`).includes('two'));
  write(`${HOME}.ts`, "export const page: string = 'three';");
  await until(() => built(`${HOME}.js`).includes('three'));
});

test('a hundred files at once are all built', async () => {
  await follow();
  const names = Array.from({ length: 100 }, (_, n) => `miniprogram/many/m${n}`);
  for (const name of names) write(`${name}.ts`, `export const many: number = 1;`);
  await until(() => names.every((name) => existsSync(path(`dist/${name}.js`))));
});
