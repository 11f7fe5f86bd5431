/** The mini program of somebody else's project: found, or refused with what to do. */
import { afterEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { readMiniprogram, readOtherProject } from '../../../scripts/other-project';
import { removeMiniprograms, writeFolder, type Files } from '../../support/miniprogram-folder';

afterEach(removeMiniprograms);

async function found(files: Files) {
  const root = writeFolder(files);
  const { project, id } = await readOtherProject({ project: root }, false, () => undefined);
  if (project.miniprogram === undefined) throw new Error('no mini program');
  const { dir, ...others } = await readMiniprogram(project.miniprogram);
  return { root, id, dir: dir.replace(`${root}/`, ''), ...others };
}

const APP: Files = { 'app.json': { pages: [] }, 'app.js': '' };
const within = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text]));

test('it has the name and the appid of its configuration', async () => {
  const config = { miniprogramRoot: 'app/', projectname: 'Shop', appid: 'wx1' };
  expect(await found({ 'project.config.json': config, ...within('app', APP) })).toMatchObject({
    dir: 'app',
    title: 'Shop',
    appid: 'wx1',
    warnings: [],
  });
});

test('without a configuration it has the name of its folder', async () => {
  const { root, dir, title, appid } = await found(APP);
  expect([dir, title, appid]).toEqual([root, root.split('/').at(-1), 'touristappid']);
  expect(await found(within('miniprogram', APP))).toMatchObject({ dir: 'miniprogram' });
});

test('what is built is chosen, or else its source', async () => {
  const config = { miniprogramRoot: 'dist', srcMiniprogramRoot: 'src' };
  const files = { 'project.config.json': config, ...within('src', APP) };
  expect(await found(files)).toMatchObject({ dir: 'src' });
  expect(await found({ ...files, ...within('dist', APP) })).toMatchObject({ dir: 'dist' });
});

test.each<[string, Files, RegExp]>([
  ['that was not built', { 'project.config.json': { miniprogramRoot: 'dist' } }, /dist, .* build/],
  [
    'that is nowhere',
    { 'project.config.json': {} },
    /There is no app\.json in .*, nor in .*: choose/,
  ],
  [
    'in TypeScript',
    { 'app.json': {}, 'app.ts': '', 'a/a.ts': '', 'a/a.wxml': '', 'a/util.ts': '' },
    /^a\/a\.ts, app\.ts in .* are TypeScript, .* build them to \.js/,
  ],
])('one %s is refused, with what to do', async (_, files, message) => {
  await expect(found(files)).rejects.toThrow(message);
  await expect(found(files)).rejects.toMatchObject({ exitCode: 1 });
});

test('styles and packages that are missing are said, and it is shown all the same', async () => {
  const files = { ...APP, 'app.less': '', 'a/a.wxml': '', 'a/a.scss': '', 'a/mixin.less': '' };
  const dependencies = { a: '1', b: '1', c: '1', d: '1' };
  expect((await found({ ...files, 'package.json': { dependencies } })).warnings).toEqual([
    expect.stringMatching(
      /^styles are missing: (a\/a\.scss, app\.less|app\.less, a\/a\.scss) have/,
    ),
    expect.stringMatching(/package\.json names a, b, c and 1 more: .* 构建 npm/),
  ]);
  const built = { 'package.json': { dependencies }, 'miniprogram_npm/a/index.js': '' };
  expect((await found({ ...APP, ...built })).warnings).toEqual([]);
});

test('two projects have different ids, one has always the same', async () => {
  const [one, other] = [await found(APP), await found(APP)];
  expect(one.id).not.toBe(other.id);
  const again = await readOtherProject({ project: one.root }, false, () => undefined);
  expect(again.id).toBe(one.id);
});
