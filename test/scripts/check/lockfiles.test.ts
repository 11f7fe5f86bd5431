import { afterAll, expect, test } from '@jest/globals';
import { checkLockfiles } from '../../../scripts/check/lockfiles';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';

afterAll(removeMiniprograms);

const RIGHT = { version: '1.0.0', integrity: 'sha512-AAAA' };

/** @param asked the package.json beside the lockfile */
function check(packages: object, asked: object = {}): ReturnType<typeof checkLockfiles> {
  return checkLockfiles(
    writeMiniprogram({
      'tool/package.json': asked,
      'tool/package-lock.json': JSON.stringify({ packages }, undefined, 2),
      'node_modules/other/package-lock.json': '{}',
    }),
  );
}

test('a lockfile with the integrity of every archive is right', async () => {
  expect(
    await check({
      '': { name: 'tool' },
      'node_modules/one': RIGHT,
      'node_modules/one/node_modules/brought': { version: '1.0.0', inBundle: true },
      'node_modules/here': { resolved: 'here', link: true },
      here: { version: '1.0.0' },
    }),
  ).toEqual([]);
});

test('an entry without integrity is found where it stands, with the fix', async () => {
  expect(
    await check({ 'node_modules/one': RIGHT, 'node_modules/two': { version: '1.0.0' } }),
  ).toEqual([
    {
      file: 'tool/package-lock.json',
      line: 7,
      message: expect.stringMatching(/^node_modules\/two has no integrity: .+npm install/),
    },
  ]);
});

test.each(['https://registry.example/one.tgz', 'http://10.0.0.1:4873/one.tgz'])(
  'an entry that names a registry is found: %s',
  async (resolved) => {
    const { host } = new URL(resolved);
    expect(await check({ 'node_modules/one': { ...RIGHT, resolved } })).toMatchObject([
      { line: 3, message: expect.stringContaining(`names ${host}`) },
    ]);
  },
);

test.each([
  ['a version', { dependencies: { one: '1.0.1' } }],
  ['one more', { dependencies: { one: '1.0.0' }, devDependencies: { two: '2.0.0' } }],
  ['one less', {}],
])('a lockfile that does not match its package.json is found: %s', async (_, asked) => {
  const own = { dependencies: { one: '1.0.0' } };
  const name = 'devDependencies' in asked ? 'two' : 'one';
  expect(await check({ '': own, 'node_modules/one': RIGHT }, asked)).toEqual([
    { file: 'tool/package-lock.json', message: expect.stringContaining(`beside it (${name})`) },
  ]);
  expect(await check({ '': own, 'node_modules/one': RIGHT }, own)).toEqual([]);
});
