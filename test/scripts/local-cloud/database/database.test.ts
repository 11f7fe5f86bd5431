/** The database, through the real SDK where it has a way to say it, else through its protocol. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON, ObjectId } from 'bson';
import type { Answer, TestCloud } from '#local-cloud/testing';
import { openFixtureCloud } from '../../../support/fixture-functions';

/** Runs the code that it is sent, which can use `db` and `_`. */
const RUN = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const db = cloud.database();
  const _ = db.command;
  exports.main = async ({ code }) => {
    try {
      return { value: await new Function('db', '_', 'things', 'return (async () => { return ' + code + ' })()')(db, _, db.collection('things')) };
    } catch (error) {
      return { errCode: error.errCode, errMsg: error.errMsg ?? error.message };
    }
  };`;

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openFixtureCloud(
    { run: { code: RUN, config: { timeout: 20 } } },
    { collections: ['things'] },
  );
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

const run = (code: string): Promise<Answer> => cloud.call('run', { openid: 'o' }, { code });
const value = async (code: string): Promise<unknown> => {
  const answer = await run(code);
  if ('errCode' in answer || 'errMsg' in answer) throw new Error(JSON.stringify(answer));
  return answer['value'];
};
const seed = (...documents: object[]): Promise<Answer> =>
  cloud.admin({
    action: 'database.insertDocument',
    collectionName: 'things',
    data: documents.map((document) => EJSON.stringify(document, { relaxed: false })),
  });

describe('documents', () => {
  test('come back as they were added, dates and all', async () => {
    const added = await value(
      `things.add({ data: { text: '中文', number: 1.5, when: new Date(5), list: [1, { deep: null }], yes: true } })`,
    );
    const { _id } = added as { _id: string };
    expect(_id).toMatch(/^[0-9a-f]{32}$/);
    expect(await cloud.documents('things')).toEqual([
      { _id, text: '中文', number: 1.5, when: new Date(5), list: [1, { deep: null }], yes: true },
    ]);
    expect(
      await value(`things.doc('${_id}').get().then(({ data }) => data.when instanceof Date)`),
    ).toBe(true);
  });

  test('keep the type of their ids apart', async () => {
    const id = new ObjectId();
    await seed({ _id: 1 }, { _id: '1' }, { _id: id });
    expect(await cloud.documents('things')).toHaveLength(3);
    expect(await value(`things.doc('1').get()`)).toMatchObject({ data: { _id: '1' } });
  });

  test('that are set are replaced whole, or made', async () => {
    await seed({ _id: 'a', old: 1 });
    expect(await value(`things.doc('a').set({ data: { new: 2 } })`)).toMatchObject({
      stats: { updated: 1, created: 0 },
    });
    expect(await value(`things.doc('b').set({ data: { new: 3 } })`)).toMatchObject({
      _id: 'b',
      stats: { updated: 0, created: 1 },
    });
    expect(await cloud.documents('things')).toEqual([
      { _id: 'a', new: 2 },
      { _id: 'b', new: 3 },
    ]);
  });

  test('that are updated are merged, field by field', async () => {
    await seed({ _id: 'a', keep: 1, deep: { keep: 1, change: 1 }, gone: 1, count: 1 });
    const update = `{ deep: { change: 2 }, gone: _.remove(), count: _.inc(2), made: [1] }`;
    expect(await value(`things.doc('a').update({ data: ${update} })`)).toMatchObject({
      stats: { updated: 1 },
    });
    expect(await cloud.documents('things')).toEqual([
      { _id: 'a', keep: 1, deep: { keep: 1, change: 2 }, count: 3, made: [1] },
    ]);
  });

  test('that an update does not change are not counted, and an absent one is not made', async () => {
    await seed({ _id: 'a', n: 1 });
    expect(await value(`things.doc('a').update({ data: { n: 1 } })`)).toMatchObject({
      stats: { updated: 0 },
    });
    expect(await value(`things.doc('b').update({ data: { n: 1 } })`)).toMatchObject({
      stats: { updated: 0 },
    });
    expect(await cloud.documents('things')).toHaveLength(1);
  });

  test('all that match are updated or removed, and counted', async () => {
    await seed({ _id: 'a', n: 1 }, { _id: 'b', n: 2 }, { _id: 'c', n: 3 });
    expect(
      await value(`things.where({ n: _.gte(2) }).update({ data: { big: true } })`),
    ).toMatchObject({
      stats: { updated: 2 },
    });
    expect(await value(`things.where({ n: _.lt(3) }).remove()`)).toMatchObject({
      stats: { removed: 2 },
    });
    expect(await cloud.documents('things')).toEqual([{ _id: 'c', n: 3, big: true }]);
  });

  test('of many conditional removals at once, one succeeds', async () => {
    await seed({ _id: 'a', token: 't' });
    const remove = `things.where({ _id: 'a', token: 't' }).remove()`;
    const replies = await value(`Promise.all(Array.from({ length: 20 }, () => ${remove}))`);
    expect(
      (replies as { stats: { removed: number } }[]).filter(({ stats }) => stats.removed === 1),
    ).toHaveLength(1);
  });

  test('of many compare-and-set updates at once, none is lost', async () => {
    await seed({ _id: 'a', count: 0 });
    await value(
      `Promise.all(Array.from({ length: 20 }, () => things.doc('a').update({ data: { count: _.inc(1) } })))`,
    );
    expect(await cloud.documents('things')).toEqual([{ _id: 'a', count: 20 }]);
  });
});

describe('a query', () => {
  const idsOf = async (code: string): Promise<unknown[]> => {
    const { data } = (await value(code)) as { data: { _id: unknown }[] };
    return data.map(({ _id }) => _id);
  };

  beforeEach(() =>
    seed(
      { _id: 'a', n: 1, when: new Date(10), tags: ['x'] },
      { _id: 'b', n: 2, when: new Date(20), tags: ['x', 'y'] },
      { _id: 'c', n: 3, when: new Date(30) },
    ),
  );

  test.each([
    [`things.where({ n: 2 }).get()`, ['b']],
    [`things.where({ n: _.gt(1).and(_.lt(3)) }).get()`, ['b']],
    [`things.where({ when: _.lte(new Date(20)) }).get()`, ['a', 'b']],
    [`things.where({ _id: _.in(['c', 'a', 'zz']) }).orderBy('_id', 'asc').get()`, ['a', 'c']],
    [`things.where({ _id: _.in(['c', 'a']), n: 1 }).get()`, ['a']],
    [`things.where(_.and([{ _id: 'a' }, { n: 2 }])).get()`, []],
    [`things.where({ tags: 'y' }).get()`, ['b']],
    [`things.where({ tags: _.exists(false) }).get()`, ['c']],
    [`things.where(_.or([{ n: 1 }, { n: 3 }])).get()`, ['a', 'c']],
    [`things.where({ _id: _.neq('a') }).get()`, ['b', 'c']],
    [`things.orderBy('n', 'desc').skip(1).limit(1).get()`, ['b']],
    [`things.where({ n: _.in([]) }).get()`, []],
  ])('%s finds %j', async (code, ids) => {
    expect(await idsOf(code)).toEqual(ids);
  });

  test('gives only the fields that were asked for', async () => {
    expect(await value(`things.where({ n: 1 }).field({ n: true }).get()`)).toMatchObject({
      data: [{ _id: 'a', n: 1 }],
    });
    expect(await value(`things.doc('a').field({ n: true, _id: false }).get()`)).toMatchObject({
      data: { n: 1 },
    });
  });

  test('counts', async () => {
    expect(await value(`things.where({ n: _.gt(1) }).count()`)).toMatchObject({ total: 2 });
  });

  test('gives 100 documents unless it asks for more, and never more than 1000', async () => {
    await seed(...Array.from({ length: 1_050 }, (_, index) => ({ _id: `many-${index}` })));
    expect(await idsOf(`things.get()`)).toHaveLength(100);
    expect(await idsOf(`things.limit(5000).get()`)).toHaveLength(1_000);
  });

  test('can use the date of the server', async () => {
    const before = Date.now();
    await cloud.control({ advanceClockMs: 1_000_000 });
    await value(
      `things.doc('now').set({ data: { at: db.serverDate(), later: db.serverDate({ offset: 1000 }) } })`,
    );
    const [document] = (await cloud.documents('things')).filter(({ _id }) => _id === 'now');
    const { at, later } = document as { at: Date; later: Date };
    expect(later.getTime() - at.getTime()).toBe(1000);
    expect(at.getTime()).toBeGreaterThanOrEqual(before + 1_000_000);
    expect(await idsOf(`things.where({ at: _.lte(db.serverDate()) }).get()`)).toEqual(['now']);
  });
});

test('$$NOW is the clock of the cloud, in a pipeline and in a query', async () => {
  await seed({ _id: 'a' });
  const before = Date.now();
  await cloud.control({ advanceClockMs: 1_000_000 });
  const now = await value(
    `things.aggregate().project({ now: '$$NOW' }).end().then(({ list }) => list[0].now.getTime())`,
  );
  expect(now).toBeGreaterThanOrEqual(before + 1_000_000);
  const late = new Date(before + 1_000_000).toISOString();
  const found = `things.where(_.expr(_.aggregate.gte(['$$NOW', new Date('${late}')]))).count()`;
  expect(await value(found)).toMatchObject({ total: 1 });
  const notFound = `things.where(_.expr(_.aggregate.lt(['$$NOW', new Date('${late}')]))).count()`;
  expect(await value(notFound)).toMatchObject({ total: 0 });
});

describe("the platform's refusals", () => {
  test.each([
    [`db.collection('nowhere').get()`, -502005],
    [`db.collection('nowhere').doc('a').set({ data: { a: 1 } })`, -502005],
    [`db.collection('nowhere').add({ data: {} })`, -502005],
    [`db.collection('nowhere').where({ a: 1 }).remove()`, -502005],
    [`things.doc('nowhere').get()`, -1],
    [`things.where({ n: { $nonsense: 1 } }).get()`, -502001],
  ])('%s fails with %s', async (code, errCode) => {
    const answer = await run(code);
    expect(answer['errMsg']).toEqual(expect.any(String));
    expect(answer['errCode']).toBe(errCode);
  });

  test('a second document with the same id is a duplicate', async () => {
    await seed({ _id: 'a' });
    const answer = await run(`things.add({ data: { _id: 'a' } })`);
    expect(answer['errMsg']).toContain('E11000 duplicate key error');
    expect(await cloud.documents('things')).toEqual([{ _id: 'a' }]);
  });

  test('of several documents that are added at once, none is kept when one is a duplicate', async () => {
    await seed({ _id: 'a' });
    expect(await seed({ _id: 'b' }, { _id: 'a' })).toMatchObject({
      code: 'DATABASE_DUPLICATE_WRITE',
    });
    expect(await cloud.documents('things')).toEqual([{ _id: 'a' }]);
  });

  test.each([
    ['an unknown action', { action: 'database.nonsense' }, 'INVALID_ACTION'],
    ['an action of every object', { action: 'constructor' }, 'INVALID_ACTION'],
    ['no action', {}, 'INVALID_ACTION'],
    [
      'the end of a transaction that is not open',
      { action: 'database.commitTransaction', transactionId: 'x' },
      'DATABASE_TRANSACTION_FAIL',
    ],
    ['no collection', { action: 'database.getDocument' }, 'INVALID_PARAM'],
    [
      'a query that is no EJSON',
      { action: 'database.getDocument', collectionName: 'things', query: '{' },
      'INVALID_PARAM',
    ],
    [
      'a query that is no text',
      { action: 'database.getDocument', collectionName: 'things', query: {} },
      'INVALID_PARAM',
    ],
    [
      'an existing collection',
      { action: 'database.addCollection', collectionName: 'things' },
      'DATABASE_COLLECTION_ALREADY_EXIST',
    ],
    ['a bad name', { action: 'database.addCollection', collectionName: '../x' }, 'INVALID_PARAM'],
    [
      'operators in a whole document',
      {
        action: 'database.modifyDocument',
        collectionName: 'things',
        data: '{"$set":{"a":1}}',
        merge: false,
      },
      'DATABASE_REQUEST_FAILED',
    ],
    [
      'a whole document as operators',
      { action: 'database.modifyDocument', collectionName: 'things', data: '{"a":1}', merge: true },
      'DATABASE_REQUEST_FAILED',
    ],
  ])('%s is a coded error, never success', async (_, body, code) => {
    const answer = await cloud.admin(body);
    expect(answer).toMatchObject({
      code,
      message: expect.any(String),
      requestId: expect.any(String),
    });
    expect(answer).not.toHaveProperty('data');
  });
});

test('every operation is listed with the call that made it, and what it touched', async () => {
  await seed({ _id: 'a' });
  await Promise.all([value(`things.doc('a').get()`), value(`things.count()`)]);
  const calls = await cloud.calls();
  const operations = calls.map(({ operations }) =>
    operations.map(({ action, collection, outcome, matched }) => ({
      action,
      collection,
      outcome,
      matched,
    })),
  );
  expect(operations).toContainEqual([
    { action: 'getDocument', collection: 'things', outcome: 'ok', matched: 1 },
  ]);
  expect(operations).toContainEqual([
    { action: 'calculateDocument', collection: 'things', outcome: 'ok', matched: 1 },
  ]);
});
