/**
 * Conditions, by the chapters of
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/Command.html
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ObjectId } from 'bson';
import { openSdkRunner, SDKS, type SdkRunner } from '../../../support/sdk-runner';

let runner: SdkRunner;

beforeAll(async () => {
  runner = await openSdkRunner();
});
afterAll(() => runner.close());

const OBJECT_ID = new ObjectId('65f0a1b2c3d4e5f6a7b8c9d0');

const MIXED = [
  { _id: 'array', v: [1, 9] },
  { _id: 'boolean', v: true },
  { _id: 'date', v: new Date(1_000) },
  { _id: 'empty', v: [] },
  { _id: 'missing' },
  { _id: 'null', v: null },
  { _id: 'number', v: 5 },
  { _id: 'object', v: { a: 1, b: 2 } },
  { _id: 'objectId', v: OBJECT_ID },
  { _id: 'text', v: '5' },
];

const COMPARISONS: [string, string[]][] = [
  [`{ v: 5 }`, ['number']],
  [`{ v: '5' }`, ['text']],
  [`{ v: _.eq(5) }`, ['number']],
  [`{ v: null }`, ['missing', 'null']],
  [`{ v: _.eq(null) }`, ['missing', 'null']],
  [`{ v: 9 }`, ['array']],
  [`{ v: [1, 9] }`, ['array']],
  [`{ v: [9, 1] }`, []],
  [`{ v: [] }`, ['empty']],
  [`{ v: true }`, ['boolean']],
  [`{ v: new Date(1000) }`, ['date']],
  [`{ v: _.eq({ a: 1, b: 2 }) }`, ['object']],
  [`{ v: _.eq({ b: 2, a: 1 }) }`, []],
  [`{ v: _.eq({ a: 1 }) }`, []],
  [`{ v: { a: 1 } }`, ['object']],
  [`{ 'v.b': 2 }`, ['object']],
  [`{ v: { b: _.gt(1) } }`, ['object']],
  [
    `{ v: _.neq(5) }`,
    ['array', 'boolean', 'date', 'empty', 'missing', 'null', 'object', 'objectId', 'text'],
  ],
  [
    `{ v: _.neq(null) }`,
    ['array', 'boolean', 'date', 'empty', 'number', 'object', 'objectId', 'text'],
  ],
  [
    `{ v: _.neq(9) }`,
    ['boolean', 'date', 'empty', 'missing', 'null', 'number', 'object', 'objectId', 'text'],
  ],
  [`{ v: _.gt(4) }`, ['array', 'number']],
  [`{ v: _.gt(5) }`, ['array']],
  [`{ v: _.gte(5) }`, ['array', 'number']],
  [`{ v: _.lt(5) }`, ['array']],
  [`{ v: _.lte(5) }`, ['array', 'number']],
  [`{ v: _.lt(0) }`, []],
  [`{ v: _.gt('4') }`, ['text']],
  [`{ v: _.lt('6') }`, ['text']],
  [`{ v: _.gt(new Date(0)) }`, ['date']],
  [`{ v: _.lte(new Date(1000)) }`, ['date']],
  [`{ v: _.gt(false) }`, ['boolean']],
  [`{ v: _.gte(null) }`, ['missing', 'null']],
  [`{ v: _.gt(null) }`, []],
  [`{ v: _.in([5, '5']) }`, ['number', 'text']],
  [`{ v: _.in([null, 9]) }`, ['array', 'missing', 'null']],
  [`{ v: _.in([]) }`, []],
  [`{ v: _.nin([5, '5', null]) }`, ['array', 'boolean', 'date', 'empty', 'object', 'objectId']],
  [
    `{ v: _.nin([]) }`,
    [
      'array',
      'boolean',
      'date',
      'empty',
      'missing',
      'null',
      'number',
      'object',
      'objectId',
      'text',
    ],
  ],
  [`{ v: _.exists(false) }`, ['missing']],
  [
    `{ v: _.exists(true) }`,
    ['array', 'boolean', 'date', 'empty', 'null', 'number', 'object', 'objectId', 'text'],
  ],
  [`{ v: _.gt(4).and(_.lt(6)) }`, ['array', 'number']],
  [`{ v: _.gt(5).or(_.eq('5')) }`, ['array', 'text']],
  [`{ v: _.and(_.gt(4), _.lt(6)) }`, ['array', 'number']],
  [`{ v: _.or(_.eq(5), _.eq(true)) }`, ['boolean', 'number']],
  [`_.or([{ v: 5 }, { v: true }])`, ['boolean', 'number']],
  [`_.or({ v: 5 }, { _id: 'text' })`, ['number', 'text']],
  [`_.and([{ v: _.gt(1) }, { _id: 'number' }])`, ['number']],
  [
    `_.nor([{ v: 5 }, { v: null }])`,
    ['array', 'boolean', 'date', 'empty', 'object', 'objectId', 'text'],
  ],
  [
    `{ v: _.not(_.gt(4)) }`,
    ['boolean', 'date', 'empty', 'missing', 'null', 'object', 'objectId', 'text'],
  ],
  [`{ v: _.mod(5, 0) }`, ['number']],
  [`{ v: _.mod(4, 1) }`, ['array', 'number']],
  [`{ _id: _.in(['text', 'number', 'text']) }`, ['number', 'text']],
  [`{ _id: 'nobody' }`, []],
  [`_.expr($.eq(['$v', 5]))`, ['number']],
  [`_.jsonSchema({ required: ['v'], properties: { v: { bsonType: 'date' } } })`, ['date']],
  [
    `_.jsonSchema({ required: ['v'], properties: { v: { bsonType: ['int', 'bool'] } } })`,
    ['boolean', 'number'],
  ],
  [
    `_.jsonSchema({ required: ['v'], properties: { v: { type: 'number', minimum: 5, exclusiveMinimum: true } } })`,
    [],
  ],
  [
    `_.jsonSchema({ required: ['v'], properties: { v: { type: 'number', minimum: 5 } } })`,
    ['number'],
  ],
  [
    `_.jsonSchema({ required: ['v'], properties: { v: { bsonType: 'array', minItems: 2, items: { bsonType: 'int' } } } })`,
    ['array'],
  ],
  [
    `_.jsonSchema({ required: ['v'], properties: { v: { bsonType: 'object', required: ['a'] } } })`,
    ['object'],
  ],
];

describe.each(SDKS)('%s', (sdk) => {
  describe('comparison and logic, on a value of every type', () => {
    beforeAll(() => runner.seed(MIXED));

    test.each(COMPARISONS)('%s', async (query, expected) => {
      expect(await runner.value(sdk, `ids(${query})`)).toEqual(expected);
      const count = await runner.value(sdk, `things.where(${query}).count().then((r) => r.total)`);
      expect(count).toBe(expected.length);
    });
  });

  describe('numbers', () => {
    beforeAll(() =>
      runner.seed([
        { _id: 'a', v: 1 },
        { _id: 'b', v: 1.5 },
        { _id: 'c', v: -3 },
        { _id: 'd', v: NaN },
        { _id: 'e', v: Infinity },
        { _id: 'f', v: 2 ** 40 },
      ]),
    );

    test.each([
      [`{ v: 1.0 }`, ['a']],
      [`{ v: _.lt(1.2) }`, ['a', 'c']],
      [`{ v: _.gt(1.2) }`, ['b', 'e', 'f']],
      [`{ v: 1099511627776 }`, ['f']],
      [`{ v: _.mod(2, -1) }`, ['c']],
      [`{ v: _.mod(2, 1) }`, ['a', 'b']],
    ])('%s', async (query, expected) => {
      expect(await runner.value(sdk, `ids(${query})`)).toEqual(expected);
    });
  });

  describe('arrays', () => {
    beforeAll(() =>
      runner.seed([
        { _id: 'a', tags: ['cloud', 'database'], places: [{ x: 1, y: 2 }, { x: 3 }] },
        { _id: 'b', tags: ['cloud'], places: [{ x: 1 }, { x: 2, y: 2 }] },
        { _id: 'c', tags: 'cloud', places: [] },
        { _id: 'd', tags: [['cloud']], grid: [[1, 2], [3]] },
      ]),
    );

    test.each([
      [`{ tags: 'cloud' }`, ['a', 'b', 'c']],
      [`{ tags: _.all(['cloud', 'database']) }`, ['a']],
      [`{ tags: _.all(['cloud']) }`, ['a', 'b', 'c']],
      [`{ tags: _.all([]) }`, []],
      [`{ tags: _.size(1) }`, ['b', 'd']],
      [`{ tags: _.size(0) }`, []],
      [`{ places: _.size(0) }`, ['c']],
      [`{ tags: ['cloud'] }`, ['b', 'd']],
      [`{ 'tags.0': 'cloud' }`, ['a', 'b', 'd']],
      [`{ 'tags.1': _.exists(true) }`, ['a']],
      [`{ 'places.x': 3 }`, ['a']],
      [`{ 'places.0.y': 2 }`, ['a']],
      [`{ 'places.y': _.exists(true) }`, ['a', 'b']],
      [`{ places: _.elemMatch({ x: 1, y: 2 }) }`, ['a']],
      [`{ places: _.elemMatch({ x: _.gt(1), y: 2 }) }`, ['b']],
      [`{ tags: _.elemMatch(_.eq('database')) }`, ['a']],
      [`{ 'places.x': 1, 'places.y': 2 }`, ['a', 'b']],
      [`{ grid: [1, 2] }`, ['d']],
      [`{ tags: _.nin(['cloud']) }`, ['d']],
      [`{ tags: _.elemMatch(_.eq('cloud')) }`, ['a', 'b']],
      [`{ grid: _.elemMatch(_.gt(2)) }`, []],
      [`{ places: _.elemMatch({ x: _.in([2, 3]), y: _.exists(false) }) }`, ['a']],
      [`{ places: _.all([_.elemMatch({ x: 1 }), _.elemMatch({ y: 2 })]) }`, ['a', 'b']],
      [`{ tags: _.in(['database', 'other']) }`, ['a']],
    ])('%s', async (query, expected) => {
      expect(await runner.value(sdk, `ids(${query})`)).toEqual(expected);
    });
  });

  test.each([
    [`{ tags: 'database' }`, `'tags.$'`, { _id: 'a', tags: ['database'] }],
    [`{ 'places.x': 3 }`, `'places.$'`, { _id: 'a', places: [{ x: 3 }] }],
    [`{ 'deep.list': _.gt(1) }`, `'deep.list.$'`, { _id: 'a', deep: { list: [2] } }],
  ])(
    'where(%s).field({ %s: 1 }) gives the element that was found',
    async (query, field, expected) => {
      const document = {
        _id: 'a',
        tags: ['cloud', 'database'],
        places: [{ x: 1, y: 2 }, { x: 3 }],
        deep: { list: [1, 2, 3] },
      };
      await runner.seed([document]);
      const code = `things.where(${query}).field({ ${field}: 1 }).get().then((r) => r.data[0])`;
      expect(await runner.value(sdk, code)).toEqual(expected);
    },
  );

  describe('regular expressions', () => {
    beforeAll(() =>
      runner.seed([
        { _id: 'a', text: 'WeChat Cloud' },
        { _id: 'b', text: 'cloud\nwechat' },
        { _id: 'c', text: ['cloudy', 'sunny'] },
        { _id: 'd', text: 5 },
        { _id: 'e', text: '微信云开发' },
      ]),
    );

    test.each([
      [`{ text: /cloud/ }`, ['b', 'c']],
      [`{ text: /cloud/i }`, ['a', 'b', 'c']],
      [`{ text: /^wechat/im }`, ['a', 'b']],
      [`{ text: /云开/ }`, ['e']],
      [`{ text: db.RegExp({ regexp: '^cloud', options: '' }) }`, ['b', 'c']],
      [`{ text: db.RegExp({ regexp: 'CLOUD', options: 'i' }) }`, ['a', 'b', 'c']],
      [`{ text: db.RegExp({ regexp: 'cloud.wechat', options: 's' }) }`, ['b']],
      [`{ text: _.in([/^We/, /^微/]) }`, ['a', 'e']],
      [`{ text: _.not(_.eq(5)).and(_.neq('微信云开发')) }`, ['a', 'b', 'c']],
    ])('%s', async (query, expected) => {
      expect(await runner.value(sdk, `ids(${query})`)).toEqual(expected);
    });
  });

  describe('order', () => {
    test('of types: nothing, numbers, texts, objects, ids, booleans, dates; arrays by an element', async () => {
      await runner.seed(MIXED);
      const up = ['empty', 'missing', 'null', 'array', 'number', 'text', 'object', 'objectId'];
      expect(await runner.value(sdk, `ids({}, ['v', 'asc'])`)).toEqual([...up, 'boolean', 'date']);
      const down = ['date', 'boolean', 'objectId', 'object', 'text', 'array', 'number'];
      const inverse = await runner.value(sdk, `ids({}, ['v', 'desc'])`);
      expect(inverse).toEqual([...down, 'missing', 'null', 'empty']);
    });

    test('by several fields, one inside another', async () => {
      await runner.seed([
        { _id: 'a', x: { y: 1 }, z: 1 },
        { _id: 'b', x: { y: 2 }, z: 1 },
        { _id: 'c', x: { y: 1 }, z: 2 },
      ]);
      const code = `things.orderBy('x.y', 'desc').orderBy('z', 'desc').get().then((r) => r.data.map((d) => d._id))`;
      expect(await runner.value(sdk, code)).toEqual(['b', 'c', 'a']);
    });
  });

  describe('skip, limit and the caps', () => {
    const all = Array.from({ length: 1_100 }, (_, n) => ({ _id: String(n).padStart(4, '0'), n }));
    beforeAll(() => runner.seed(all));

    test.each([
      [`things.get()`, 100],
      [`things.limit(3).get()`, 3],
      [`things.limit(1000).get()`, 1_000],
      [`things.limit(2000).get()`, 1_000],
      [`things.skip(1090).limit(100).get()`, 10],
      [`things.skip(2000).get()`, 0],
      [`things.where({ n: _.lt(50) }).get()`, 50],
    ])('%s gives %s', async (code, length) => {
      expect(await runner.value(sdk, `${code}.then((r) => r.data.length)`)).toBe(length);
    });

    test('come after the order', async () => {
      const code = `things.orderBy('n', 'desc').skip(1).limit(2).get().then((r) => r.data.map((d) => d.n))`;
      expect(await runner.value(sdk, code)).toEqual([1_098, 1_097]);
    });

    test('count is of all', async () => {
      expect(await runner.value(sdk, `things.count().then((r) => r.total)`)).toBe(1_100);
    });
  });

  describe('projection', () => {
    beforeAll(() =>
      runner.seed([{ _id: 'a', x: 1, y: { z: 1, w: 2 }, list: [{ n: 1 }, { n: 2 }, { n: 3 }] }]),
    );

    test.each([
      [`{ x: true }`, { _id: 'a', x: 1 }],
      [`{ x: 1, _id: false }`, { x: 1 }],
      [`{ 'y.z': true }`, { _id: 'a', y: { z: 1 } }],
      [`{ y: false, list: false }`, { _id: 'a', x: 1 }],
      [`{ 'list.n': true }`, { _id: 'a', list: [{ n: 1 }, { n: 2 }, { n: 3 }] }],
      [`{ list: _.project.slice(1), _id: true }`, { _id: 'a', list: [{ n: 1 }] }],
      [`{ list: _.project.slice([1, 2]), _id: true }`, { _id: 'a', list: [{ n: 2 }, { n: 3 }] }],
      [`{ list: _.project.elemMatch({ n: 2 }) }`, { _id: 'a', list: [{ n: 2 }] }],
      [`{ nothing: true }`, { _id: 'a' }],
    ])('%s', async (fields, expected) => {
      const code = `things.field(${fields}).get().then((r) => r.data[0])`;
      // The SDK of the console's functions has no project commands.
      if (sdk === 'wx-server-sdk' && fields.includes('project')) return;
      expect(await runner.value(sdk, code)).toMatchObject(expected);
    });
  });
});
