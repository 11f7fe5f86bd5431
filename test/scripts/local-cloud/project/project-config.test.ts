/** Where the functions of a project are, as its project.config.json says. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { join, relative } from 'node:path';
import {
  ProjectError,
  readProjectConfig,
} from '../../../../scripts/local-cloud/project/project-config';
import { removeMiniprograms, writeFolder } from '../../../support/miniprogram-folder';

afterEach(removeMiniprograms);

const HELLO = { 'cloudfunctions/hello/index.js': 'exports.main = () => 1;' };
const CONFIG = { cloudfunctionRoot: 'cloudfunctions/' };

/** The functions' folder, relative to the project. */
function functionsOf(dir: string, from = dir): string | undefined {
  const { functionsDir } = readProjectConfig(from);
  return functionsDir === undefined ? undefined : relative(dir, functionsDir);
}

test.each([
  'cloudfunctions',
  'cloudfunctions/',
  './cloudfunctions/',
  '.\\cloudfunctions\\',
  'miniprogram/../cloudfunctions',
])('cloudfunctionRoot may be %s', (cloudfunctionRoot) => {
  const dir = writeFolder({ ...HELLO, 'project.config.json': { cloudfunctionRoot } });
  expect(functionsOf(dir)).toBe('cloudfunctions');
});

test('a byte order mark is passed over', () => {
  const dir = writeFolder({
    ...HELLO,
    'project.config.json': `\uFEFF${JSON.stringify(CONFIG)}`,
  });
  expect(functionsOf(dir)).toBe('cloudfunctions');
});

describe('a folder that holds no project.config.json', () => {
  test('may be the functions, or anything else in a project', () => {
    const dir = writeFolder({ ...HELLO, 'project.config.json': CONFIG });
    expect(functionsOf(dir, join(dir, 'cloudfunctions'))).toBe('cloudfunctions');
    expect(functionsOf(dir, join(dir, 'cloudfunctions/hello'))).toBe('cloudfunctions');
  });

  test('may hold one project', () => {
    const dir = writeFolder({
      'app/cloudfunctions/hello/index.js': '',
      'app/project.config.json': CONFIG,
      'server/index.js': '',
    });
    expect(functionsOf(dir)).toBe('app/cloudfunctions');
  });

  test('is refused with several, which are named', () => {
    const dir = writeFolder({ 'a/project.config.json': {}, 'b/project.config.json': {} });
    expect(() => readProjectConfig(dir)).toThrow(
      new ProjectError(`There are several projects in ${dir}: choose one of ${dir}/a, ${dir}/b.`),
    );
  });

  test('is refused in no project, with the functions that it seems to have', () => {
    const dir = writeFolder(HELLO);
    expect(() => readProjectConfig(dir)).toThrow(
      `its functions with --functions ${dir}/cloudfunctions.`,
    );
    expect(() => readProjectConfig(join(dir, 'nowhere'))).toThrow(
      `There is no folder ${dir}/nowhere.`,
    );
  });
});

test.each([
  ['{\n  // functions\n  "a": 1 }', '2:3: comments are not allowed in JSON'],
  ['{\n  "a": 1,\n}', '3:1: '],
  ['{ "a": ', '1:8: '],
  ['', '1:1: '],
])('what is no JSON is named by its place: %j', (text, place) => {
  const dir = writeFolder({ 'project.config.json': text });
  expect(() => readProjectConfig(dir)).toThrow(`${dir}/project.config.json:${place}`);
});

test.each([
  ['[]', 'must hold a JSON object.'],
  ['{ "cloudfunctionRoot": 1 }', 'cloudfunctionRoot must be a string.'],
])('%s is refused', (text, message) => {
  const dir = writeFolder({ 'project.config.json': text });
  expect(() => readProjectConfig(dir)).toThrow(message);
});

test.each([
  [{}, 'names no cloudfunctionRoot'],
  [{ cloudfunctionRoot: '' }, 'names no cloudfunctionRoot'],
  [{ cloudfunctionRoot: 'cloud' }, 'where there is no folder'],
])('%j is a project without functions, which says so', (config, problem) => {
  const dir = writeFolder({ 'project.config.json': config });
  expect(functionsOf(dir)).toBeUndefined();
  expect(readProjectConfig(dir).problems).toEqual([expect.stringContaining(problem)]);
});

test('a mini program that is not built is looked for in the whole project', () => {
  const config = { miniprogramRoot: 'dist/', ...CONFIG };
  const dir = writeFolder({ ...HELLO, 'project.config.json': config });
  expect(readProjectConfig(dir).miniprogramDir).toBe(dir);
  const built = writeFolder({ 'dist/app.js': '', 'project.config.json': config });
  expect(readProjectConfig(built).miniprogramDir).toBe(join(built, 'dist'));
});

describe('a mini program without a project.config.json', () => {
  const app = { 'miniprogram/app.json': {}, 'cloudfunctions/hello/index.js': '' };

  test('is a project, with the functions beside it', () => {
    const dir = writeFolder(app);
    expect(functionsOf(dir)).toBe('cloudfunctions');
    expect(readProjectConfig(dir)).toMatchObject({
      root: dir,
      appDirs: [join(dir, 'miniprogram')],
    });
    expect(readProjectConfig(join(dir, 'miniprogram')).problems).toHaveLength(1);
  });

  test('does not belong to a project around it that has another', () => {
    const around = { ...app, 'project.config.json': { miniprogramRoot: 'miniprogram' } };
    const dir = writeFolder({ ...around, 'examples/a/app.json': {} });
    expect(readProjectConfig(join(dir, 'examples/a')).root).toBe(join(dir, 'examples/a'));
    expect(readProjectConfig(join(dir, 'miniprogram')).root).toBe(dir);
  });
});
