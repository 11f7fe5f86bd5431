/** `wx.cloud.database()` as pages use it, on a local cloud. */
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';
import { createDatabase, type Database } from '#local-cloud/wx-cloud';
import { phoneDatabase } from '../../../support/phone-database';

let cloud: TestCloud;
let db: Database;
let _: Database['command'];

const BOOKS = [
  {
    _id: 'a',
    _openid: 'me',
    title: 'A',
    n: 1,
    tags: ['x'],
    at: { type: 'Point', coordinates: [1, 1] },
  },
  { _id: 'b', _openid: 'me', title: 'B', n: 2, tags: ['x', 'y'] },
  { _id: 'c', _openid: 'they', title: 'C', n: 3, tags: [] },
];

beforeAll(async () => {
  cloud = await openTestCloud({
    collections: [{ name: 'books', indexes: [], permission: 'READONLY' }],
    seed: { books: BOOKS },
  });
  db = phoneDatabase(cloud.url, 'me');
  _ = db.command;
});
beforeEach(() => cloud.control({ reset: true }));
afterAll(() => cloud.close());

const books = () => db.collection('books');
const ids = async (query: { get(): unknown }) =>
  ((await query.get()) as { data: { _id: string }[] }).data.map(({ _id }) => _id);

describe('queries', () => {
  test('find documents, in an order, some of them, some of their fields', async () => {
    expect(await ids(books().where({ n: _.gt(1) }))).toEqual(['b', 'c']);
    expect(await ids(books().orderBy('n', 'desc').skip(1).limit(1))).toEqual(['b']);
    expect(await ids(books().where(_.or([{ n: 1 }, { title: 'C' }])))).toEqual(['a', 'c']);
    expect(await ids(books().where({ tags: _.all(['y']) }))).toEqual(['b']);
    expect(await ids(books().where({ title: db.RegExp({ regexp: '^b', options: 'i' }) }))).toEqual([
      'b',
    ]);
    expect(await ids(books().where({ title: /^a/i }))).toEqual(['a']);
    expect(
      await ids(
        books().where({ at: _.geoNear({ geometry: db.Geo['Point']?.(1, 1), maxDistance: 10 }) }),
      ),
    ).toEqual(['a']);
    expect(await books().where({ n: 1 }).field({ title: true, _id: false }).get()).toEqual({
      data: [{ title: 'A' }],
      errMsg: 'collection.get:ok',
    });
    expect(await books().doc('a').field({ n: true }).get()).toEqual({
      data: { _id: 'a', n: 1 },
      errMsg: 'document.get:ok',
    });
    expect(
      await books()
        .where({ n: _.lt(3) })
        .count(),
    ).toEqual({ total: 2, errMsg: 'collection.count:ok' });
  });

  test('a query is a value: steps that follow do not change it', async () => {
    const all = books().where({ n: _.gt(0) });
    expect(await ids(all.limit(1))).toEqual(['a']);
    expect(await ids(all)).toEqual(['a', 'b', 'c']);
  });

  test('aggregation', async () => {
    const $ = _.aggregate;
    const list = books()
      .aggregate()
      .match({ n: _.gte(2) })
      .group({ _id: null, sum: $.sum('$n') })
      .project({ _id: 0, sum: 1 });
    expect(await list.end()).toEqual({ list: [{ sum: 5 }], errMsg: 'collection.aggregate:ok' });
    await expect(db.collection('gone').aggregate().match({}).end()).rejects.toMatchObject({
      errCode: -502005,
    });
  });

  test('aggregation, with operators that the library lacks', async () => {
    const $ = _.aggregate;
    const whole = $.toInt($.divide(['$n', 2]));
    const list = books()
      .aggregate()
      .project({ _id: 0, whole, type: $.type('$title') })
      .limit(2);
    expect(await list.end()).toMatchObject({
      list: [
        { whole: 0, type: 'string' },
        { whole: 1, type: 'string' },
      ],
    });
  });

  test('documents come back with dates and points', async () => {
    const day = new Date('2026-01-02T03:04:05Z');
    const { _id } = (await books().add({ data: { day, where: db.Geo['Point']?.(3, 4) } })) as {
      _id: string;
    };
    const { data } = (await books().doc(_id).get()) as { data: Record<string, unknown> };
    expect(data['day']).toEqual(day);
    expect(data['where']).toMatchObject({ longitude: 3, latitude: 4 });
  });
});

describe('updates', () => {
  test('merge, with commands', async () => {
    await books()
      .doc('a')
      .update({ data: { n: _.inc(2), tags: _.push(['z']), deep: { x: 1 }, title: _.remove() } });
    expect(await books().doc('a').get()).toMatchObject({
      data: { _id: 'a', _openid: 'me', n: 3, tags: ['x', 'z'], deep: { x: 1 } },
    });
  });

  test('the time of the server is the clock of the cloud', async () => {
    await cloud.control({ advanceClockMs: 86_400_000 });
    await books()
      .doc('a')
      .set({ data: { at: db.serverDate(), later: db.serverDate({ offset: 60_000 }) } });
    const { data } = (await books().doc('a').get()) as { data: { at: Date; later: Date } };
    expect(data.at.getTime()).toBeGreaterThan(Date.now() + 80_000_000);
    expect(data.later.getTime() - data.at.getTime()).toBe(60_000);
  });

  test.each<[string, (options: object) => unknown]>([
    ['collection.add', (options) => books().add(options)],
    ['collection.update', (options) => books().where({ n: 1 }).update(options)],
    ['document.set', (options) => books().doc('a').set(options)],
    ['document.update', (options) => books().doc('a').update(options)],
  ])('%s needs data', async (api, call) => {
    for (const options of [{}, { data: 'text' }, { data: [{}] }]) {
      await expect(call(options)).rejects.toMatchObject({
        errCode: -401003,
        errMsg: `${api}:fail -401003 api parameter type error. parameter.data should be an object`,
      });
    }
  });

  test('the id can’t be changed', async () => {
    await expect(
      books()
        .doc('a')
        .update({ data: { _id: 'x' } }),
    ).rejects.toMatchObject({
      errCode: -501007,
      errMsg: expect.stringMatching(/^document\.update:fail -501007 invalid parameters\. .*_id/),
    });
  });

  test('a duplicate id is an error of the cloud', async () => {
    await expect(books().add({ data: { _id: 'a' } })).rejects.toMatchObject({
      errMsg: expect.stringMatching(/^collection\.add:fail -50\d001 .*E11000/),
    });
  });
});

describe('callbacks', () => {
  const outcomeOf = (call: (options: object) => unknown) =>
    new Promise<[string, unknown][]>((resolve) => {
      const calls: [string, unknown][] = [];
      const note = (name: string) => (value: unknown) => void calls.push([name, value]);
      const returned = call({
        success: note('success'),
        fail: note('fail'),
        complete: (value: unknown) => {
          note('complete')(value);
          resolve(calls);
        },
      });
      expect(returned).toBeUndefined();
    });

  test.each<[string, (options: object) => unknown]>([
    ['collection.get', (options) => books().get(options)],
    ['collection.count', (options) => books().count(options)],
    ['collection.add', (options) => books().add({ data: { n: 1 }, ...options })],
    [
      'collection.update',
      (options) =>
        books()
          .where({ n: 9 })
          .update({ data: { n: 1 }, ...options }),
    ],
    ['collection.remove', (options) => books().where({ n: 9 }).remove(options)],
    ['collection.aggregate', (options) => books().aggregate().match({}).end(options)],
    ['document.get', (options) => books().doc('a').get(options)],
    [
      'document.set',
      (options) =>
        books()
          .doc('a')
          .set({ data: { n: 1 }, ...options }),
    ],
    [
      'document.update',
      (options) =>
        books()
          .doc('a')
          .update({ data: { n: 1 }, ...options }),
    ],
    ['document.remove', (options) => books().doc('a').remove(options)],
  ])('%s calls success, then complete, and returns nothing', async (api, call) => {
    const result = expect.objectContaining({ errMsg: `${api}:ok` });
    expect(await outcomeOf(call)).toEqual([
      ['success', result],
      ['complete', result],
    ]);
  });

  test('a failure goes to fail, then to complete', async () => {
    const failure = expect.objectContaining({
      errCode: -1,
      errMsg: expect.stringMatching(/^document\.get:fail cannot find document with _id gone/),
    });
    expect(await outcomeOf((options) => books().doc('gone').get(options))).toEqual([
      ['fail', failure],
      ['complete', failure],
    ]);
  });

  test('are run as the mini program’s own code is', async () => {
    const ran = jest.fn((_where: string, code: () => unknown) => void code());
    const own = createDatabase({
      runCallback: ran,
      send: () => Promise.resolve({ data: { total: 1 } }),
    });
    await new Promise((success) => void own.collection('books').count({ success }));
    expect(ran).toHaveBeenCalledWith('success of collection.count', expect.any(Function));
  });
});

test('a connection that fails is an error without a code of the cloud', async () => {
  const lost = createDatabase({ send: () => Promise.reject(new Error('request:fail timeout')) });
  await expect(lost.collection('books').get()).rejects.toMatchObject({
    errCode: -1,
    errMsg: 'collection.get:fail request:fail timeout',
  });
  const refused = createDatabase({
    send: () => Promise.reject(Object.assign(new Error(), { errMsg: 'request:fail' })),
  });
  await expect(refused.collection('books').doc('a').remove()).rejects.toMatchObject({
    errCode: -1,
    errMsg: 'document.remove:fail request:fail',
  });
});

test('what is wrong with a query is thrown at once, as the library does', () => {
  expect(() => db.collection('')).toThrow('Collection name is required');
  expect(() => books().doc({} as string)).toThrow('docId');
  expect(() => books().where('x' as unknown as object)).toThrow();
  expect(() => books().orderBy('n', 'up' as 'asc')).toThrow();
  expect(() => books().limit(1.5)).toThrow();
});

test('points are made with and without new', () => {
  const { Point, LineString } = db.Geo;
  const made = Point?.(1, 2);
  expect(Reflect.construct(Point as () => unknown, [1, 2])).toEqual(made);
  expect(LineString?.([made, Point?.(3, 4)])).toMatchObject({ points: [made, Point?.(3, 4)] });
});
