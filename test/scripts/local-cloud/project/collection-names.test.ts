/** Which collections the sources of a project name. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { relative } from 'node:path';
import {
  findCollectionNames,
  type CollectionNames,
} from '../../../../scripts/local-cloud/project/collection-names';
import { sourceFilesIn } from '../../../../scripts/local-cloud/project/source-file';
import { removeMiniprograms, writeFolder, type Files } from '../../../support/miniprogram-folder';

afterEach(removeMiniprograms);

async function find(files: Files | string): Promise<CollectionNames> {
  const dir = writeFolder(typeof files === 'string' ? { 'a.js': files } : files);
  const { unknown, ...found } = await findCollectionNames(sourceFilesIn(dir));
  return { ...found, unknown: unknown.map((one) => ({ ...one, file: relative(dir, one.file) })) };
}

test.each<[string, string, string[]]>([
  ['strings', `db.collection('a'); db.collection("b"); db.collection(\`c\`);`, ['a', 'b', 'c']],
  [
    'constants',
    `const A = 'a'; let b; b = 'b'; f(db.collection(A), db.collection(b));`,
    ['a', 'b'],
  ],
  [
    'members',
    `const N = { A: 'a', x: { B: 'b' } }; db.collection(N.A); db.collection(N.x.B);`,
    ['a', 'b'],
  ],
  ['frozen members', `const N = Object.freeze({ A: 'a' }); db.collection(N['A']);`, ['a']],
  [
    'parts',
    `const N = { A: 'a' }; const { A, B = 'b' } = N; db.collection(A); db.collection(B);`,
    ['a', 'b'],
  ],
  ['sums', `const P = 'p_'; db.collection(P + 'a'); db.collection(\`\${P}b\`);`, ['p_a', 'p_b']],
  ['alternatives', `db.collection(x ? 'a' : 'b'); db.collection(x || 'c');`, ['a', 'b', 'c']],
  [
    'loops',
    `for (const n of ['a', 'b']) db.collection(n); ['c'].forEach((n) => db.collection(n));`,
    ['a', 'b', 'c'],
  ],
  [
    'helpers',
    `const of = (n) => db.collection(n); function all(n) { return of(n); } of('a'); all('b');`,
    ['a', 'b'],
  ],
  ['methods', `class D { get(n = 'b') { return this.db.collection(n); } } d.get('a');`, ['a', 'b']],
  ['classes', `class D { static TABLE = 'a'; get() { return db.collection(this.TABLE); } }`, ['a']],
  [
    'lookups',
    `c.aggregate().lookup({ from: 'a', as: 'x' }); const p = { $lookup: { from: 'b' } };`,
    ['a', 'b'],
  ],
  ['scripts', `with (db) { db.collection('a'); }`, ['a']],
  ['JSX', `const page = <view onTap={() => db.collection('a').get()} />;`, ['a']],
  ['what no parser reads', `x.collection( 'a' ) <<<; x.collection(b)`, ['a']],
])('by %s', async (_, code, names) => {
  expect(await find(code)).toMatchObject({ names });
});

test('a name inside a function is not the one outside', async () => {
  const code = `const n = 'outer'; function f() { const n = 'inner'; db.collection(n); }`;
  expect((await find(code)).names).toEqual(['inner']);
});

test('the same name of another helper says nothing', async () => {
  const files = {
    'dao.js': `exports.insert = (name) => db.collection(name); exports.inc = (n) => n;`,
    'f.js': `const dao = require('./dao'); dao.insert('a'); other.insert('b'); dao.inc('c');`,
  };
  expect(await find(files)).toEqual({ names: ['a'], made: [], unknown: [] });
});

test('an object of a class in another file is known', async () => {
  const files = {
    'dao.js': `class Dao { find(name) { return db.collection(name); } } module.exports = Dao;`,
    'f.js': `const Dao = require('./dao'); const dao = new Dao(); dao.find('a');`,
  };
  expect(await find(files)).toEqual({ names: ['a'], made: [], unknown: [] });
});

// A framework of public projects: it took minutes, and found names of fields.
test('models with a collection each are read across files', async () => {
  const files = {
    'config.js': `module.exports = { PREFIX: 'bx_' };`,
    'dao.js': `async function get(name, id) { return db.collection(name).doc(id); }
      module.exports = { get };`,
    'model.js': `const dao = require('./dao.js');
      class Model {
        static C(name) { return config.PREFIX + name; }
        static async get(id) { return dao.get(this.CL, id); }
      }
      const config = require('./config.js');
      module.exports = Model;`,
    'user.js': `const Model = require('./model.js');
      class User extends Model {}
      User.CL = Model.C('user');
      module.exports = User;`,
    'news.js': `const Model = require('./model.js');
      class News extends Model {}
      News.CL = News.C('news');`,
    'service.js': `const User = require('./user.js'); User.get('id'); this.count('NAME_CNT');`,
  };
  expect(await find(files)).toEqual({ names: ['bx_news', 'bx_user'], made: [], unknown: [] });
});

describe('by constants of other files', () => {
  test.each<[string, string, string]>([
    ['required', `module.exports = { A: 'a' };`, `const { A } = require('./n'); db.collection(A);`],
    ['exported', `exports.A = 'a';`, `const n = require('./n.js'); db.collection(n.A);`],
    [
      'exported by a name',
      `const A = 'a'; module.exports = { A };`,
      `db.collection(require('./n').A);`,
    ],
    ['imported', `export const A = 'a';`, `import { A as B } from './n'; db.collection(B);`],
    ['listed', `const A = 'a'; export { A };`, `import { A } from './n'; db.collection(A);`],
    ['imported whole', `export const A = 'a';`, `import * as n from './n'; db.collection(n.A);`],
    [
      'exported as default',
      `export default { A: 'a' };`,
      `import n from './n'; db.collection(n.A);`,
    ],
  ])('%s', async (_, names, code) => {
    expect(await find({ 'n.js': names, 'f.js': code })).toMatchObject({
      names: ['a'],
      unknown: [],
    });
  });

  test('that require each other', async () => {
    const files = {
      'a.js': `const { B } = require('./b'); exports.A = B; db.collection(B);`,
      'b.js': `const { A } = require('./a'); exports.B = A; db.collection('b');`,
    };
    expect((await find(files)).names).toEqual(['b']);
  });
});

test('TypeScript is read', async () => {
  const code = `const A: string = 'a'; enum E { X } function f<T>(x: T) { db.collection(A as string); }`;
  expect(await find({ 'a.ts': code })).toMatchObject({ names: ['a'] });
});

test('where a name is computed is said', async () => {
  const code = `const db = cloud.database();\nexports.main = (event) => db.collection(event.name).get();`;
  expect(await find({ 'f/a.js': code, 'b.ts': `const x: any = db.collection(q.n)` })).toEqual({
    names: [],
    made: [],
    unknown: [
      { file: 'b.ts', line: undefined, text: 'q.n' },
      { file: 'f/a.js', line: 2, text: 'event.name' },
    ],
  });
});

test('what functions create themselves is left to them', async () => {
  const code = `db.createCollection('a'); db.collection('a').add({}); db.collection('b');`;
  expect(await find(code)).toEqual({ names: ['b'], made: ['a'], unknown: [] });
});

test('what is no name of a collection is not made', async () => {
  expect(await find(`db.collection('a b'); collection('c'); db.collection('d', 1);`)).toMatchObject(
    {
      names: [],
    },
  );
});

test('libraries, bundles and minified files are passed over', async () => {
  const line = `db.collection('a');`;
  const files = {
    'node_modules/x/index.js': line,
    'miniprogram_npm/x/index.js': line,
    '.hidden/index.js': line,
    'min.js': line.repeat(200),
    'large.js': `${line}\n`.repeat(30_000),
    'a.d.ts': line,
    'a.json': line,
  };
  expect(await find(files)).toMatchObject({ names: [] });
});
