/**
 * The order of documents that nobody sorted: the one in which they were inserted, as MongoDB's
 * storage engine keeps it and the cloud gives it. Their ids are in another order on purpose.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner([
    {
      name: 'things',
      permission: 'ADMINONLY',
      indexes: [{ name: 'by_team', keys: [{ field: 'team', order: 'asc' }], unique: false }],
    },
    'others',
  ]);
});
afterAll(() => runner.close());
beforeEach(() =>
  runner.seed(
    [
      { _id: 'm', n: 1, team: 'x' },
      { _id: 'z', n: 2, team: 'y' },
      { _id: 'a', n: 1, team: 'x' },
      { _id: 'k', n: 2, team: 'x' },
    ],
    [
      { _id: '3', of: 'x' },
      { _id: '1', of: 'x' },
      { _id: '2', of: 'x' },
    ],
  ),
);

describe.each(SDKS)('%s', (sdk) => {
  const isWx = sdk === 'wx-server-sdk';
  const data = (fields: string): string => (isWx ? `{ data: ${fields} }` : fields);
  const ALL = `(await things.get()).data.map(({ _id }) => _id)`;
  const ids = (code: string): Promise<unknown> => runner.value(sdk, code);
  /** Does something, and then reads everything. */
  const after = (code: string): Promise<unknown> =>
    ids(`(async () => { ${code}; return ${ALL}; })()`);

  test('get gives the order of insertion, whole and in pages', async () => {
    expect(await ids(ALL)).toEqual(['m', 'z', 'a', 'k']);
    const page = (skip: number): string =>
      `(await things.skip(${skip}).limit(2).get()).data.map(({ _id }) => _id)`;
    expect(await ids(page(0))).toEqual(['m', 'z']);
    expect(await ids(page(2))).toEqual(['a', 'k']);
    expect(await ids(`(await things.where({ n: 1 }).get()).data.map(({ _id }) => _id)`)).toEqual([
      'm',
      'a',
    ]);
  });

  test('so do aggregation, what a group gathers, and lookup', async () => {
    expect(await ids(`(await pipeline((p) => p)).map(({ _id }) => _id)`)).toEqual([
      'm',
      'z',
      'a',
      'k',
    ]);
    expect(await ids(`pipeline((p) => p.group({ _id: null, all: $.push('$_id') }))`)).toMatchObject(
      [{ all: ['m', 'z', 'a', 'k'] }],
    );
    expect(
      await ids(
        `(await pipeline((p) => p.match({ _id: 'm' }).lookup({ from: 'others', localField: 'team', foreignField: 'of', as: 'found' })))[0].found.map(({ _id }) => _id)`,
      ),
    ).toEqual(['3', '1', '2']);
  });

  test('among equal values of an index, too', async () => {
    const code = `(await things.where({ team: 'x' }).get()).data.map(({ _id }) => _id)`;
    expect(await ids(code)).toEqual(['m', 'a', 'k']);
    expect((await runner.cloud.lastCall()).operations.at(-1)).toMatchObject({ index: 'by_team' });
  });

  test('and among equals of orderBy', async () => {
    expect(await ids(`ids({}, ['n'])`)).toEqual(['m', 'a', 'z', 'k']);
    expect(await ids(`ids({}, ['n', 'desc'])`)).toEqual(['z', 'k', 'm', 'a']);
  });

  test('ids that are named come in the order of the index of ids', async () => {
    const code = `(await things.where({ _id: _.in(['z', 'a', 'm']) }).get()).data.map(({ _id }) => _id)`;
    expect(await ids(code)).toEqual(['a', 'm', 'z']);
  });

  test('update and set move nothing; what is removed and added again moves to the end', async () => {
    const update = `await things.doc('z').update(${data(`{ team: 'a', more: 'x'.repeat(10000) }`)})`;
    expect(await after(update)).toEqual(['m', 'z', 'a', 'k']);
    expect(await after(`await things.doc('m').set(${data(`{ n: 9 }`)})`)).toEqual([
      'm',
      'z',
      'a',
      'k',
    ]);
    expect(await after(`await things.doc('b').set(${data(`{ n: 9 }`)})`)).toEqual([
      'm',
      'z',
      'a',
      'k',
      'b',
    ]);
    const again = `await things.doc('m').remove(); await add({ _id: 'm' })`;
    expect(await after(again)).toEqual(['z', 'a', 'k', 'b', 'm']);
  });

  describe('a transaction', () => {
    const inTransaction = (code: string): string =>
      `db.runTransaction(async (t) => { const mine = t.collection('things'); ${code} })`;
    const READ = `(await mine.where({ n: _.gte(0) }).get()).data.map(({ _id }) => _id)`;

    test('reads its own insertions last, in their order, and so do all after it', async () => {
      const code = `await mine.add(${data(`{ _id: 'p', n: 5 }`)}); await mine.add(${data(`{ _id: 'b', n: 6 }`)}); await mine.doc('p').update(${data(`{ n: 7 }`)}); await mine.doc('z').update(${data(`{ n: 8 }`)}); return ${READ};`;
      expect(await ids(inTransaction(code))).toEqual(['m', 'z', 'a', 'k', 'p', 'b']);
      expect(await ids(ALL)).toEqual(['m', 'z', 'a', 'k', 'p', 'b']);
    });

    test('moves what it removes and adds again to the end', async () => {
      const again = `await mine.doc('z').remove(); await mine.add(${data(`{ _id: 'z', n: 5 }`)}); await mine.doc('z').update(${data(`{ n: 6 }`)});`;
      expect(await ids(inTransaction(`${again} return ${READ};`))).toEqual(['m', 'a', 'k', 'z']);
      expect(await ids(ALL)).toEqual(['m', 'a', 'k', 'z']);
      const own = `await mine.add(${data(`{ _id: 'p', n: 5 }`)}); await mine.add(${data(`{ _id: 'q', n: 5 }`)}); await mine.doc('p').remove(); await mine.add(${data(`{ _id: 'p', n: 6 }`)}); return ${READ};`;
      expect(await ids(inTransaction(own))).toEqual(['m', 'a', 'k', 'z', 'q', 'p']);
      expect(await ids(ALL)).toEqual(['m', 'a', 'k', 'z', 'q', 'p']);
    });

    test('that is rolled back leaves nothing, and its place goes to the next', async () => {
      const add = `await mine.add(${data(`{ _id: 'b', n: 5 }`)}); await t.rollback('no');`;
      await runner.failure(sdk, inTransaction(add));
      expect(await ids(ALL)).toEqual(['m', 'z', 'a', 'k']);
      expect(await after(`await add({ _id: 'c' }); await add({ _id: 'b' })`)).toEqual([
        ...['m', 'z', 'a', 'k'],
        ...['c', 'b'],
      ]);
    });
  });
});

test('a document that comes back into an index stands behind its equals', async () => {
  await runner.value('wx-server-sdk', `things.doc('m').remove()`);
  await runner.value('wx-server-sdk', `add({ _id: 'm', team: 'x' })`);
  const code = `(await things.where({ team: 'x' }).get()).data.map(({ _id }) => _id)`;
  expect(await runner.value('wx-server-sdk', code)).toEqual(['a', 'k', 'm']);
});
