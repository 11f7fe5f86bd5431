/** lmdb, in projects whose folder has a name that is no part of an address as it stands. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import url from 'node:url';
import { loadLmdb } from '../../../../../scripts/local-cloud/database/store/open-lmdb';
import { root } from '../../../../../scripts/project/root';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lmdb-')));
});
afterEach(() => rm(folder, { recursive: true }));

/** lmdb itself is a copy: Node would follow a link, out of the folder of that name. */
async function install(dir: string): Promise<void> {
  const [from, to] = [root, dir].map((base) => join(base, 'node_modules')) as [string, string];
  const manifest = JSON.parse(await readFile(join(from, 'lmdb/package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const file of ['package.json', 'dist/index.cjs']) {
    await mkdir(dirname(join(to, 'lmdb', file)), { recursive: true });
    await cp(join(from, 'lmdb', file), join(to, 'lmdb', file));
  }
  for (const name of [...Object.keys(manifest.dependencies), '@lmdb']) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await symlink(join(from, name), join(to, name), 'junction');
  }
}

// Not `?`, which Node takes and Jest does not.
test.each(['我的 小程序 #1', 'a%41b', '100%'])(
  'is loaded, and keeps what it is given, in a folder named %p',
  async (name) => {
    const dir = join(folder, name);
    await install(dir);
    const { open } = loadLmdb(join(dir, 'main.js'));
    const database = open({ path: join(dir, 'state.lmdb') });
    await database.put('tea', 'green');
    expect(database.get('tea')).toBe('green');
    await database.close();
  },
);

test('leaves Node’s URL as it was, also where there is no lmdb', () => {
  const before = url.URL;
  loadLmdb(__filename);
  expect(url.URL).toBe(before);
  expect(() => loadLmdb(join(folder, 'main.js'))).toThrow(/lmdb/);
  expect(url.URL).toBe(before);
});
