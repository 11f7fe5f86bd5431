/**
 * Updates, by the chapters of
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.html
 * and
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/document/Document.update.html
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner();
});
afterAll(() => runner.close());

const PLACES = [
  { x: 3, y: 1 },
  { x: 1, y: 2 },
];

const BEFORE = {
  _id: 'd',
  n: 5,
  text: 'x',
  nothing: null,
  when: '2026',
  style: { color: 'red', size: 1 },
  list: [3, 1, 2],
  doubles: [1, 2, 2, [1], [2, 1]],
  places: PLACES,
};

/** The update, and the fields that it changes. */
const CHANGES: [string, object][] = [
  // set, and plain values
  [`{ n: 6 }`, { n: 6 }],
  [`{ added: [1, { a: null }] }`, { added: [1, { a: null }] }],
  [`{ style: { color: 'blue' } }`, { style: { color: 'blue', size: 1 } }],
  [`{ 'style.color': 'blue' }`, { style: { color: 'blue', size: 1 } }],
  [`{ style: _.set({ color: 'blue' }) }`, { style: { color: 'blue' } }],
  [`{ a: { b: { c: 1 } } }`, { a: { b: { c: 1 } } }],
  [`{ n: undefined, text: 'y' }`, { text: 'y' }],
  [`{ text: null }`, { text: null }],
  [
    `{ 'places.0.x': 9 }`,
    {
      places: [
        { x: 9, y: 1 },
        { x: 1, y: 2 },
      ],
    },
  ],
  [`{ 'list.4': 9 }`, { list: [3, 1, 2, null, 9] }],
  [`{ list: _.set([]) }`, { list: [] }],
  // remove
  [`{ 'style.size': _.remove() }`, { style: { color: 'red' } }],
  [`{ nowhere: _.remove() }`, {}],
  [`{ 'nowhere.inside': _.remove() }`, {}],
  [`{ 'n.inside': _.remove() }`, {}],
  [`{ 'list.1': _.remove() }`, { list: [3, null, 2] }],
  [`{ 'list.9': _.remove() }`, {}],
  // numbers
  [`{ n: _.inc(2) }`, { n: 7 }],
  [`{ n: _.inc(-0.5) }`, { n: 4.5 }],
  [`{ added: _.inc(3) }`, { added: 3 }],
  [`{ style: { size: _.inc(1) } }`, { style: { color: 'red', size: 2 } }],
  [`{ n: _.mul(3) }`, { n: 15 }],
  [`{ added: _.mul(3) }`, { added: 0 }],
  [`{ n: _.min(4) }`, { n: 4 }],
  [`{ n: _.min(6) }`, {}],
  [`{ n: _.max(6) }`, { n: 6 }],
  [`{ n: _.max(4) }`, {}],
  [`{ added: _.min(1) }`, { added: 1 }],
  [`{ text: _.max(100) }`, {}],
  [`{ text: _.min(100) }`, { text: 100 }],
  [`{ nothing: _.max(1) }`, { nothing: 1 }],
  [`{ nothing: _.min(1) }`, {}],
  [
    `{ n: _.inc(1), text: 'y', 'style.size': _.mul(5) }`,
    { n: 6, text: 'y', style: { color: 'red', size: 5 } },
  ],
  // rename
  [`{ 'style.size': _.rename('style.width') }`, { style: { color: 'red', width: 1 } }],
  [`{ nowhere: _.rename('somewhere') }`, {}],
  [`{ 'style.size': _.rename('text') }`, { style: { color: 'red' }, text: 1 }],
  // arrays
  [`{ list: _.push(9) }`, { list: [3, 1, 2, 9] }],
  [`{ list: _.push([8, 9]) }`, { list: [3, 1, 2, 8, 9] }],
  [`{ list: _.push({ each: [8, 9], position: 1 }) }`, { list: [3, 8, 9, 1, 2] }],
  [`{ list: _.push({ each: [8], position: -1 }) }`, { list: [3, 1, 8, 2] }],
  [`{ list: _.push({ each: [8], position: 99 }) }`, { list: [3, 1, 2, 8] }],
  [`{ list: _.push({ each: [8], slice: 2 }) }`, { list: [3, 1] }],
  [`{ list: _.push({ each: [8], slice: -2 }) }`, { list: [2, 8] }],
  [`{ list: _.push({ each: [8], slice: 0 }) }`, { list: [] }],
  [`{ list: _.push({ each: [8], sort: 1 }) }`, { list: [1, 2, 3, 8] }],
  [`{ list: _.push({ each: [0], sort: -1, slice: 2 }) }`, { list: [3, 2] }],
  [
    `{ places: _.push({ each: [{ x: 2 }], sort: { x: 1 } }) }`,
    { places: [{ x: 1, y: 2 }, { x: 2 }, { x: 3, y: 1 }] },
  ],
  [`{ added: _.push([1, 2]) }`, { added: [1, 2] }],
  [`{ added: _.push({ each: [3, 1, 2], sort: 1, slice: 2 }) }`, { added: [1, 2] }],
  [`{ added: _.push({ each: [] }) }`, { added: [] }],
  [`{ list: _.push({ each: [], sort: -1 }) }`, { list: [3, 2, 1] }],
  [
    `{ places: _.push({ each: [{ x: 3, y: 0 }], sort: { x: -1, y: 1 } }) }`,
    {
      places: [
        { x: 3, y: 0 },
        { x: 3, y: 1 },
        { x: 1, y: 2 },
      ],
    },
  ],
  [`{ list: _.push({ each: [8], position: -99 }) }`, { list: [8, 3, 1, 2] }],
  [
    `{ 'places.0.seen': _.push(9) }`,
    {
      places: [
        { x: 3, y: 1, seen: [9] },
        { x: 1, y: 2 },
      ],
    },
  ],
  [`{ list: _.push([]) }`, {}],
  [`{ list: _.unshift(9) }`, { list: [9, 3, 1, 2] }],
  [`{ list: _.unshift([8, 9]) }`, { list: [8, 9, 3, 1, 2] }],
  [`{ list: _.pop() }`, { list: [3, 1] }],
  [`{ list: _.shift() }`, { list: [1, 2] }],
  [`{ nowhere: _.pop() }`, {}],
  [`{ list: _.pull(1) }`, { list: [3, 2] }],
  [`{ list: _.pull(_.gt(1)) }`, { list: [1] }],
  [`{ list: _.pull(_.in([1, 3])) }`, { list: [2] }],
  [`{ places: _.pull({ x: 3 }) }`, { places: [{ x: 1, y: 2 }] }],
  [`{ places: _.pull({ x: _.lt(2), y: 2 }) }`, { places: [{ x: 3, y: 1 }] }],
  [`{ list: _.pull(7) }`, {}],
  [`{ places: _.pull({ x: _.in([1, 3]), y: 2 }) }`, { places: [{ x: 3, y: 1 }] }],
  [`{ doubles: _.pull([1]) }`, { doubles: [1, 2, 2, [2, 1]] }],
  [`{ doubles: _.pull(1) }`, { doubles: [2, 2, [1], [2, 1]] }],
  [`{ doubles: _.pull(_.gt(1)) }`, { doubles: [1, [1], [2, 1]] }],
  [`{ list: _.pullAll([1, 2]) }`, { list: [3] }],
  [`{ doubles: _.pullAll([2, [2, 1]]) }`, { doubles: [1, [1]] }],
  [`{ 'n.inside': _.pull(1) }`, {}],
  [`{ list: _.addToSet(1) }`, {}],
  [`{ doubles: _.addToSet(2) }`, {}],
  [`{ doubles: _.addToSet({ $each: [2, 4] }) }`, { doubles: [1, 2, 2, [1], [2, 1], 4] }],
  [`{ places: _.addToSet({ y: 2, x: 1 }) }`, { places: [...PLACES, { y: 2, x: 1 }] }],
  [`{ added: _.addToSet({ $each: [1, 1] }) }`, { added: [1] }],
  [`{ list: _.addToSet(4) }`, { list: [3, 1, 2, 4] }],
  [`{ list: _.addToSet({ $each: [1, 4, 4] }) }`, { list: [3, 1, 2, 4] }],
  [`{ places: _.addToSet({ x: 1, y: 2 }) }`, {}],
  [`{ added: _.addToSet('a') }`, { added: ['a'] }],
];

const REFUSALS = [
  `{ text: _.inc(1) }`,
  `{ nothing: _.inc(1) }`,
  `{ text: _.mul(2) }`,
  `{ n: _.inc('1') }`,
  `{ text: _.push(1) }`,
  `{ n: _.pop() }`,
  `{ n: _.pull(1) }`,
  `{ text: _.addToSet(1) }`,
  `{ nothing: { inside: 1 } }`,
  `{ n: { inside: 1 } }`,
  `{ text: { inside: _.inc(1) } }`,
  `{ n: _.inc(1), 'n.a': 2 }`,
  `{ list: { inside: 1 } }`,
  `{ 'places.x': 1 }`,
  `{ 'n.$[]': 1 }`,
  `{ 'list.$': 1 }`,
  `{ 'list.$[some]': 1 }`,
  `{ 'a..b': 1 }`,
  `{ 'style.size': _.rename('list.0') }`,
  `{ 'places.0.x': _.rename('x') }`,
  `{ n: _.rename('n') }`,
  `{ list: _.push({ each: [1], slice: 1.5 }) }`,
  `{ list: _.push({ each: [1], sort: 2 }) }`,
  `{ list: _.pullAll(1) }`,
];

describe.each(SDKS)('%s', (sdk) => {
  beforeEach(() => runner.seed([BEFORE, { _id: 'other', n: 5 }]));

  test.each(CHANGES)('update(%s)', async (data, changed) => {
    expect(await runner.value(sdk, `update('d', ${data})`)).toEqual({ ...BEFORE, ...changed });
    const updated = await runner.value(
      sdk,
      `updateWhere({ _id: 'nobody' }, ${data}).then(async (none) => [none, (await things.count()).total])`,
    );
    expect(updated).toEqual([0, 2]);
  });

  test('remove takes a field away', async () => {
    const { n: _, ...rest } = BEFORE;
    expect(await runner.value(sdk, `update('d', { n: _.remove() })`)).toEqual(rest);
  });

  test('rename gives a field another name', async () => {
    const { n, ...rest } = BEFORE;
    expect(await runner.value(sdk, `update('d', { n: _.rename('m') })`)).toEqual({ ...rest, m: n });
  });

  test.each(REFUSALS)('update(%s) is refused, and changes nothing', async (data) => {
    await runner.failure(sdk, `update('d', ${data})`);
    expect(await runner.value(sdk, `one('d')`)).toEqual(BEFORE);
  });

  test.each([
    [`{ n: 5 }`, `{ n: 6 }`, 2],
    [`{ n: 5 }`, `{ n: 5 }`, 0],
    [`{ n: 5, text: 'x' }`, `{ n: _.inc(1) }`, 1],
    [`{ n: _.gt(5) }`, `{ n: 6 }`, 0],
    [`{ n: 5 }`, `{ list: _.addToSet(1) }`, 1],
    [`{}`, `{ all: true }`, 2],
  ])('where(%s).update(%s) counts the documents that change: %s', async (query, data, count) => {
    expect(await runner.value(sdk, `updateWhere(${query}, ${data})`)).toBe(count);
  });

  test('an update of a document that is not there makes none', async () => {
    await runner.value(sdk, `update('nobody', { n: 1 })`);
    expect(await runner.value(sdk, `ids()`)).toEqual(['d', 'other']);
  });

  test('set replaces a whole document, or makes it', async () => {
    expect(await runner.value(sdk, `set('d', { a: { b: 1 } })`)).toEqual({ _id: 'd', a: { b: 1 } });
    expect(await runner.value(sdk, `set('new', { n: 1 })`)).toEqual({ _id: 'new', n: 1 });
  });

  test('the place that a query names is where an update of an array happens', async () => {
    await runner.value(sdk, `updateWhere({ _id: 'd', list: 1 }, { 'list.$': 100 })`);
    expect(await runner.value(sdk, `one('d').then((d) => d.list)`)).toEqual([3, 100, 2]);
    await runner.value(
      sdk,
      `updateWhere({ _id: 'd', places: _.elemMatch({ x: 1 }) }, { 'places.$.y': _.inc(5) })`,
    );
    expect(await runner.value(sdk, `one('d').then((d) => d.places[1].y)`)).toBe(7);
    await runner.value(sdk, `update('d', { 'list.$[]': _.inc(1) })`);
    expect(await runner.value(sdk, `one('d').then((d) => d.list)`)).toEqual([4, 101, 3]);
  });

  test.each([
    [
      `{ 'places.x': 1 }`,
      `{ 'places.$.y': 7, 'places.$.z': 8 }`,
      `places[1]`,
      { x: 1, y: 7, z: 8 },
    ],
    [`{ 'places.x': 1, 'places.y': 2 }`, `{ 'places.$.y': _.inc(5) }`, `places[1].y`, 7],
    [`{ places: _.elemMatch({ x: 1 }) }`, `{ 'places.$': _.set({ z: 1 }) }`, `places[1]`, { z: 1 }],
    [`_.and([{ list: 1 }, { n: 5 }])`, `{ 'list.$': 100 }`, `list`, [3, 100, 2]],
    [`{ list: _.in([2, 1]) }`, `{ 'list.$': 100 }`, `list`, [3, 100, 2]],
    [`{ 'inner.list': 2 }`, `{ 'inner.list.$': 100 }`, `inner.list`, [1, 100]],
    [
      `{ _id: 'd' }`,
      `{ 'places.$[].y': 0, 'places.$[].x': _.inc(1) }`,
      `places[0]`,
      { x: 4, y: 0 },
    ],
  ])('where(%s).update(%s)', async (query, data, changed, expected) => {
    await runner.seed([{ ...BEFORE, inner: { list: [1, 2] } }]);
    expect(await runner.value(sdk, `updateWhere(${query}, ${data})`)).toBe(1);
    expect(await runner.value(sdk, `one('d').then((d) => d.${changed})`)).toEqual(expected);
  });

  test('remove of a condition removes what matches, of a document only that', async () => {
    await runner.value(sdk, `things.where({ n: _.gt(5) }).remove()`);
    expect(await runner.value(sdk, `ids()`)).toEqual(['d', 'other']);
    await runner.value(sdk, `things.doc('d').remove()`);
    expect(await runner.value(sdk, `ids()`)).toEqual(['other']);
    await runner.value(sdk, `things.where({ n: 5 }).remove()`);
    expect(await runner.value(sdk, `ids()`)).toEqual([]);
  });

  describe('dates of the server', () => {
    test('are the time of the cloud, with an offset, in writes and in queries', async () => {
      await runner.cloud.control({ advanceClockMs: 86_400_000 });
      await runner.value(
        sdk,
        `update('d', { when: db.serverDate(), later: db.serverDate({ offset: 60000 }) })`,
      );
      const code = `one('d').then((d) => [d.when instanceof Date, d.later - d.when, Math.abs(d.when - Date.now()) < 3600000])`;
      expect(await runner.value(sdk, code)).toEqual([true, 60_000, true]);
      expect(await runner.value(sdk, `ids({ later: _.gt(db.serverDate()) })`)).toEqual(['d']);
      const none = `ids({ later: _.gt(db.serverDate({ offset: 3600000 })) })`;
      expect(await runner.value(sdk, none)).toEqual([]);
    });
  });
});

describe('updateAndReturn, of the node SDK', () => {
  const run = (code: string): Promise<unknown> => runner.value('@cloudbase/node-sdk', code);

  beforeEach(() => runner.seed([BEFORE]));

  test('answers the document as it is after the update', async () => {
    const code = `things.where({ _id: 'd' }).updateAndReturn({ n: _.inc(1) })`;
    expect(await run(code)).toMatchObject({ updated: 1, doc: { ...BEFORE, n: 6 } });
    expect(await run(`one('d').then((d) => d.n)`)).toBe(6);
  });

  test('counts a document that it matches, and does not change', async () => {
    const code = `things.where({ _id: 'd' }).updateAndReturn({ n: 5 })`;
    expect(await run(code)).toMatchObject({ updated: 1, doc: { n: 5 } });
  });

  test('in a transaction works in it', async () => {
    const code = `db.runTransaction(async (t) => { const { updated, doc } = await t.collection('things').where({ _id: 'd' }).updateAndReturn({ n: _.inc(1) }); return [updated, doc.n, (await one('d')).n]; })`;
    expect(await run(code)).toEqual([1, 6, 5]);
    expect(await run(`one('d').then((d) => d.n)`)).toBe(6);
    const undone = `db.runTransaction(async (t) => { await t.collection('things').where({ _id: 'd' }).updateAndReturn({ n: 99 }); await t.rollback('no'); })`;
    await runner.failure('@cloudbase/node-sdk', undone);
    expect(await run(`one('d').then((d) => d.n)`)).toBe(6);
  });

  test('answers no document when none matches', async () => {
    const code = `things.where({ n: 99 }).updateAndReturn({ n: 1 })`;
    expect(await run(code)).toMatchObject({ updated: 0, doc: null });
  });
});

describe('raw mode, of the node SDK', () => {
  test.each([
    `{ $set: { _id: 'e' } }`,
    `{ $rename: { n: '_id' } }`,
    `{ $nothing: { n: 1 } }`,
    `{ $set: { $n: 1 } }`,
    `{ $set: 5 }`,
    `{ $pop: { list: 2 } }`,
    `{ $rename: { n: 5 } }`,
    `{ $push: { list: { $each: [1], $some: 1 } } }`,
  ])('update(%s) is refused', async (data) => {
    const update = `things.options({ raw: true }).where({ _id: 'd' }).update(${data})`;
    await runner.failure('@cloudbase/node-sdk', update);
    expect(await run(`one('d')`)).toEqual(BEFORE);
  });

  const run = (code: string): Promise<unknown> => runner.value('@cloudbase/node-sdk', code);

  beforeEach(() => runner.seed([BEFORE, { _id: 'other', n: 7 }]));

  test('sends operators as they are', async () => {
    const query = `things.options({ raw: true }).where({ n: { $gt: 5 } }).get().then((r) => r.data.map((d) => d._id))`;
    expect(await run(query)).toEqual(['other']);
    await run(
      `things.options({ raw: true }).where({ n: { $in: [5] } }).update({ $set: { n: 8 }, $unset: { text: '' } })`,
    );
    const { text: _, ...rest } = BEFORE;
    expect(await run(`one('d')`)).toEqual({ ...rest, n: 8 });
  });

  test('in a transaction works in it', async () => {
    const code = `db.runTransaction(async (t) => { const mine = t.collection('things').options({ raw: true }); await mine.doc('d').update({ $set: { n: 9 } }); const { data } = await mine.where({ n: { $gte: 9 } }).get(); return [data.map(({ _id }) => _id), (await one('d')).n]; })`;
    expect(await run(code)).toEqual([['d'], 5]);
    expect(await run(`one('d').then((d) => d.n)`)).toBe(9);
  });

  test('may change several or one', async () => {
    const update = `things.options({ multiple: false }).where({}).update({ n: 1 }).then((r) => r.updated)`;
    expect(await run(update)).toBe(1);
    const remove = `things.options({ multiple: false }).where({}).remove().then((r) => r.deleted)`;
    expect(await run(remove)).toBe(1);
  });

  test.each([
    [`{ $currentDate: { when: true } }`, `one('d').then((d) => d.when instanceof Date)`, true],
    [`{ $bit: { n: { and: 4 } } }`, `one('d').then((d) => d.n)`, 4],
    [`{ $bit: { n: { or: 2, and: 6 } } }`, `one('d').then((d) => d.n)`, 6],
    [
      `{ $pull: { places: { $or: [{ x: 3 }, { y: 9 }] } } }`,
      `one('d').then((d) => d.places.length)`,
      1,
    ],
    [`{ $set: { _id: 'd', n: 1 } }`, `one('d').then((d) => d.n)`, 1],
    [`{ $setOnInsert: { n: 1 } }`, `one('d').then((d) => d.n)`, 5],
  ])('update(%s)', async (data, code, expected) => {
    await run(`things.options({ raw: true }).where({ _id: 'd' }).update(${data})`);
    expect(await run(code)).toBe(expected);
  });
});
