/**
 * Indexes: a query that uses one finds the same documents in the same order, and examines fewer.
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/index.html
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import * as fc from 'fast-check';
import type { CollectionSetup, IndexDefinition } from '#local-cloud';
import { openSdkRunner, type SdkRunner } from '../../../support/sdk-runner';

const index = (name: string, fields: string[], unique = false) => ({
  name,
  unique,
  keys: fields.map((field) => ({ field, order: 'asc' as const })),
});
const things = (...indexes: IndexDefinition[]): CollectionSetup => ({
  name: 'things',
  permission: 'ADMINONLY',
  indexes,
});

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner([
    things(index('v', ['v']), index('kind-n', ['kind', 'n']), index('email', ['contact.email'])),
    'others',
  ]);
});
afterAll(() => runner.close());

const node = (code: string): Promise<unknown> => runner.value('@cloudbase/node-sdk', code);

describe('a query', () => {
  const documents = Array.from({ length: 200 }, (_, n) => ({
    _id: `d${String(n).padStart(3, '0')}`,
    kind: n % 4 === 0 ? 'even' : 'odd',
    n,
    v: n % 10,
    contact: { email: `${String(n)}@example.com` },
  }));

  beforeAll(() => runner.seed(documents));

  test.each([
    [`{ v: 3 }`, 'v', 20],
    [`{ v: _.in([3, 4]) }`, 'v', 40],
    [`{ v: _.gt(8) }`, 'v', 20],
    [`{ v: _.gte(2).and(_.lt(3)) }`, 'v', 20],
    [`{ v: _.lte(0) }`, 'v', 20],
    [`{ kind: 'even', n: 8 }`, 'kind-n', 1],
    [`{ kind: 'even', n: _.lt(8) }`, 'kind-n', 2],
    [`{ kind: 'even' }`, 'kind-n', 50],
    [`{ 'contact.email': '7@example.com' }`, 'email', 1],
    [`_.and([{ v: 3 }, { kind: 'odd' }])`, 'v', 20],
    [`{ _id: 'd007' }`, '_id', 1],
    [`{ _id: _.in(['d007', 'd008', 'nobody']) }`, '_id', 2],
    [`{ _id: 'x'.repeat(9000) }`, '_id', 0],
    // No index can hold it, or be asked for it.
    [`{ v: 'x'.repeat(9000) }`, null, 200],
    [`{ v: _.gt('x'.repeat(9000)) }`, null, 200],
    [`{ n: 8 }`, null, 200],
    [`{ v: _.neq(3) }`, null, 200],
    [`_.or([{ v: 3 }, { n: 1 }])`, null, 200],
  ])('%s uses %s and looks at %s documents', async (query, name, scanned) => {
    await node(`ids(${query}, ['_id']).then((i) => i.length)`);
    const { operations } = await runner.cloud.lastCall();
    expect(operations).toMatchObject([{ index: name, scanned }]);
  });

  test('that asks for the order of an index reads no more than it gives', async () => {
    const code = `things.where({ kind: 'odd' }).orderBy('n', 'desc').limit(3).get().then((r) => r.data.map((d) => d.n))`;
    expect(await node(code)).toEqual([199, 198, 197]);
    expect((await runner.cloud.lastCall()).operations).toMatchObject([
      { index: 'kind-n', scanned: 3 },
    ]);
  });
});

describe('the values of an index', () => {
  const VALUES = [
    undefined,
    null,
    -Infinity,
    -1,
    0,
    1.5,
    2 ** 40,
    NaN,
    '',
    'a',
    'a\u0000b',
    'ab',
    '微',
    '\u{1f600}',
    true,
    false,
    new Date(0),
    new Date(-5),
    new ObjectId('65f0a1b2c3d4e5f6a7b8c9d0'),
    { x: 1 },
    [],
    [1, 'a'],
    [null],
    [[1]],
  ];

  test('of every type are found and ordered as without one', async () => {
    const documents = VALUES.map((v, n) => ({ _id: n, ...(v !== undefined && { v, w: v }) }));
    await runner.seed(documents);
    const queries = [
      `1`,
      `null`,
      `'a'`,
      `true`,
      `new Date(0)`,
      `_.in([null, 'a', 0])`,
      ...['gt', 'gte', 'lt', 'lte'].flatMap((operator) =>
        [`0`, `'a'`, `false`, `new Date(-5)`, `1.5`].map((value) => `_.${operator}(${value})`),
      ),
      `_.gt(-1).and(_.lt(2))`,
      `_.gt('').and(_.lt('b'))`,
    ];
    for (const query of queries) {
      const [byIndex, byScan] = [`{ v: ${query} }`, `{ w: ${query} }`];
      expect([query, await node(`ids(${byIndex})`)]).toEqual([query, await node(`ids(${byScan})`)]);
    }
    for (const direction of ['asc', 'desc']) {
      const order = (field: string) =>
        `things.orderBy('${field}', '${direction}').get().then((r) => r.data.map((d) => d._id))`;
      expect(await node(order('v'))).toEqual(await node(order('w')));
    }
  });

  test('random ones are found as without one', async () => {
    const value = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom('a', 'b', null, true, [1, 2], [3], []),
    );
    const property = fc.asyncProperty(
      fc.array(value, { maxLength: 12 }),
      fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq'),
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      async (values, operator, a, b) => {
        await runner.seed(values.map((v, n) => ({ _id: n, v, w: v })));
        const query = (field: string): string =>
          `ids({ ${field}: _.${operator}(${a}).and(_.lt(${b})) })`;
        expect(await node(query('v'))).toEqual(await node(query('w')));
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 20260115 });
  });

  test('follow updates, replacements and removals', async () => {
    await runner.seed([
      { _id: 'a', v: 1 },
      { _id: 'b', v: 1 },
    ]);
    await node(`update('a', { v: _.inc(5) })`);
    expect(await node(`ids({ v: 1 })`)).toEqual(['b']);
    expect(await node(`ids({ v: 6 })`)).toEqual(['a']);
    await node(`set('b', { v: [6, 7] })`);
    expect(await node(`ids({ v: 6 })`)).toEqual(['a', 'b']);
    expect(await node(`ids({ v: _.gt(6).and(_.lt(7)) })`)).toEqual(['b']);
    await node(`things.where({ v: 6 }).remove()`);
    expect(await node(`ids({ v: _.gte(0) })`)).toEqual([]);
  });

  test('of a transaction stand in it once it is committed', async () => {
    await runner.seed([{ _id: 'a', v: 1 }]);
    await node(
      `db.runTransaction(async (t) => { await t.collection('things').doc('a').update({ v: 2 }); })`,
    );
    expect([await node(`ids({ v: 1 })`), await node(`ids({ v: 2 })`)]).toEqual([[], ['a']]);
  });

  test('are at most 1,024 bytes long', async () => {
    await runner.seed([]);
    expect(await node(`add({ _id: 'fits', v: 'x'.repeat(1024) })`)).toBe('fits');
    await runner.failure('@cloudbase/node-sdk', `add({ v: 'x'.repeat(1025) })`);
    expect(await node(`ids()`)).toEqual(['fits']);
  });
});

describe('a unique index', () => {
  let unique: SdkRunner;

  beforeAll(async () => {
    unique = await openSdkRunner([things(index('email', ['contact.email'], true)), 'others']);
  });
  afterAll(() => unique.close());

  const value = (code: string): Promise<unknown> => unique.value('@cloudbase/node-sdk', code);

  beforeEach(() => unique.seed([{ _id: 'a', contact: { email: 'a@x' } }]));

  test.each([
    [`add({ _id: 'b', contact: { email: 'a@x' } })`],
    [`set('b', { contact: { email: 'a@x' } })`],
    [
      `things.add([{ _id: 'b', contact: { email: 'n' } }, { _id: 'c', contact: { email: 'n' } }]).then((r) => { if (r.code) throw r; })`,
    ],
  ])('refuses %s, and nothing of it is kept', async (code) => {
    const failure = await unique.failure('@cloudbase/node-sdk', code);
    expect(failure['message']).toContain('E11000 duplicate key error');
    expect(await value(`ids()`)).toEqual(['a']);
  });

  test('refuses an update, and lets a document keep its own value', async () => {
    await value(`add({ _id: 'b', contact: { email: 'b@x' } })`);
    await unique.failure('@cloudbase/node-sdk', `update('b', { 'contact.email': 'a@x' })`);
    expect(await value(`update('b', { 'contact.email': 'b@x', n: 1 })`)).toMatchObject({ n: 1 });
    await value(`things.doc('a').remove()`);
    expect(await value(`update('b', { 'contact.email': 'a@x' })`)).toMatchObject({
      contact: { email: 'a@x' },
    });
  });

  test('counts a missing field as null: one document may lack it', async () => {
    await value(`add({ _id: 'none' })`);
    const failure = await unique.failure('@cloudbase/node-sdk', `add({ _id: 'another' })`);
    expect(failure['message']).toContain('E11000');
    await unique.failure('@cloudbase/node-sdk', `add({ _id: 'null', contact: { email: null } })`);
  });
});
