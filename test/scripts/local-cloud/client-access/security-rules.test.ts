/**
 * Security rules, through the library of the mini program: what is documented at
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/database/security-rules.html,
 * https://docs.cloudbase.net/database/configuration/permission/security-rules and
 * https://docs.cloudbase.net/rule/reference/function.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';
import type { Database } from '#local-cloud/wx-cloud';
import { phoneDatabase } from '../../../support/phone-database';

let cloud: TestCloud;
let mine: Database;
let _: Database['command'];

beforeAll(async () => {
  cloud = await openTestCloud({
    collections: ['things', 'roles'],
    seed: {
      things: [
        { _id: 'mine', _openid: 'me', shop: 's1', n: 1, at: new Date('2026-01-01T00:00:00Z') },
        { _id: 'theirs', _openid: 'they', shop: 's2', n: 20 },
      ],
      roles: [
        { _id: 'me', admin: true, shops: ['s1'] },
        { _id: 'they', admin: false },
        { _id: 's1', owner: ['me', 'they'], chain: 'c1' },
        { _id: 's2', owner: ['they'] },
        { _id: 's3', owner: ['me'] },
        { _id: 'c1', boss: 'me' },
      ],
    },
  });
  mine = phoneDatabase(cloud.url, 'me');
  _ = mine.command;
});
beforeEach(() => cloud.control({ reset: true }));
afterAll(() => cloud.close());

const allow = (rules: object) => cloud.control({ permissions: { things: rules } });
const DENIED = { errCode: -502003 };

/** Whether a query may be made, in every way that reads. */
async function reads(query?: object): Promise<boolean> {
  const things = mine.collection('things');
  const asked = query === undefined ? things : things.where(query);
  const outcomes = await Promise.all(
    [
      asked.get(),
      asked.count(),
      things
        .aggregate()
        .match(query ?? {})
        .end(),
    ].map((outcome) =>
      (outcome as Promise<object>).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject(DENIED);
          return false;
        },
      ),
    ),
  );
  expect(new Set(outcomes).size).toBe(1);
  return outcomes[0] === true;
}

describe('a query must promise what the rule asks for', () => {
  test.each<[string, unknown, object, boolean]>([
    ['true', true, {}, true],
    ['false', false, { _openid: '{openid}' }, false],
    ['no rule for it', undefined, { _openid: '{openid}' }, false],
    ['anybody who is somebody', 'auth != null', {}, true],
    ['all but anonymous people', "auth.loginType != 'ANONYMOUS'", {}, true],
    ['a person by name', "auth.openid == 'me'", {}, true],
    ['one of several people', "auth.openid in ['you', 'me']", {}, true],
    ['another person', "auth.openid == 'they'", {}, false],
    ['web only', "auth.loginType != 'ANONYMOUS' && auth.uid != null", {}, false],
    ['the creator', 'doc._openid == auth.openid', { _openid: '{openid}' }, true],
    ['the creator, by openid', 'auth.openid == doc._openid', { _openid: 'me', n: 1 }, true],
    ['the creator', 'doc._openid == auth.openid', {}, false],
    ['the creator', 'doc._openid == auth.openid', { _openid: 'they' }, false],
    ['a value', 'doc.n == 1', { n: 1 }, true],
    ['a value', 'doc.n == 1', { n: 2 }, false],
    ['a value that is not', 'doc.n != 1', { n: 2 }, true],
    ['a value of another type', "doc.n == '1'", { n: 1 }, false],
    ['a field within a field', "doc.a.b == 'c'", { a: { b: 'c' } }, true],
    ['a field by index', "doc['n'] == 1", { n: 1 }, true],
    ['one of several values', 'doc.n in [1, 2]', { n: 2 }, true],
    ['one of several values', 'doc.n in [1, 2]', { n: 3 }, false],
    ['none of several values', '!(doc.n in [1, 2])', { n: 3 }, true],
    ['none of several values', '!(doc.n in [1, 2])', { n: 1 }, false],
    ['both', "doc.n == 1 && auth.openid == 'me'", { n: 1 }, true],
    ['both', 'doc.n == 1 && doc.m == 1', { n: 1 }, false],
    ['either', "doc.n == 1 || auth.openid == 'me'", {}, true],
    ['either', 'doc.n == 1 || doc.n == 2', { n: 2 }, true],
    ['neither', '!(doc.n == 1 || doc.n == 2)', { n: 3 }, true],
    ['not, around a comparison', '!(doc.n < 5)', { n: 7 }, true],
    ['a time', 'doc.at < now', { at: new Date(0) }, true],
    ['a time', 'doc.at > now', { at: new Date(0) }, false],
    ['a negative number', 'doc.n > -1', { n: 0 }, true],
  ])('%s: %j allows %j: %j', async (_name, read, query, expected) => {
    await allow({ read });
    expect(await reads(query)).toBe(expected);
  });

  const commands: [string, string, () => object, boolean][] = [
    ['more', 'doc.n > 10', () => ({ n: _.gt(10) }), true],
    ['more, from above', 'doc.n > 10', () => ({ n: _.gte(11) }), true],
    ['more, from the bound', 'doc.n > 10', () => ({ n: _.gte(10) }), false],
    ['at least', 'doc.n >= 10', () => ({ n: _.gt(10).and(_.lt(20)) }), true],
    ['less', 'doc.n < 10', () => ({ n: _.lte(9) }), true],
    ['less', '10 > doc.n', () => ({ n: _.lt(10) }), true],
    ['less', 'doc.n < 10', () => ({ n: _.gt(1) }), false],
    ['not the same', 'doc.n != 1', () => ({ n: _.neq(1) }), true],
    ['not the same', 'doc.n != 1', () => ({ n: _.gt(1) }), true],
    ['not the same', 'doc.n != 1', () => ({ n: _.gte(1) }), false],
    ['all of several', 'doc.n in [1, 2, 3]', () => ({ n: _.in([1, 2]) }), true],
    ['all of several', 'doc.n in [1, 2, 3]', () => ({ n: _.in([1, 4]) }), false],
    ['every part of an or', 'doc.n == 1 || doc.m == 2', () => _.or([{ n: 1 }, { m: 2 }]), true],
    ['every part of an or', 'doc.n == 1', () => _.or([{ n: 1 }, { m: 2 }]), false],
    ['some part of an and', 'doc.n == 1', () => _.and([{ n: 1 }, { m: 2 }]), true],
    ['a nor', 'doc.n != 1', () => _.nor([{ n: 1 }]), false],
    ['less, from the bound', 'doc.n < 10', () => ({ n: _.lte(10) }), false],
    ['a pattern, which may match', "doc.shop != 's1'", () => ({ shop: /s/ }), false],
    ['a pattern', "doc.shop == 's1'", () => ({ shop: mine.RegExp({ regexp: 's1' }) }), false],
    [
      'a pattern in `in`, which once read what `!=` forbids',
      "doc.shop != 's2'",
      () => ({ shop: _.in([mine.RegExp({ regexp: '.' })]) }),
      false,
    ],
    ['that it exists', 'doc.n != null', () => ({ n: _.exists(true) }), false],
  ];
  test.each(commands)('%s: %j, case %#', async (_name, read, query, expected) => {
    await allow({ read });
    expect(await reads(query())).toBe(expected);
  });

  test('a document by its id promises its id only', async () => {
    await allow({ read: 'doc._openid == auth.openid', write: 'doc._openid == auth.openid' });
    const things = mine.collection('things').doc('mine');
    await expect(things.get()).rejects.toMatchObject({
      ...DENIED,
      errMsg: 'document.get:fail -502003 database permission denied. Permission denied',
    });
    await expect(things.update({ data: { n: 2 } })).rejects.toMatchObject(DENIED);
    await expect(things.set({ data: { n: 2 } })).rejects.toMatchObject(DENIED);
    await expect(things.remove()).rejects.toMatchObject(DENIED);
    await allow({ read: "doc._id == 'mine'" });
    expect(await things.get()).toMatchObject({ data: { n: 1 } });
  });
});

describe('get', () => {
  test.each<[string, object, boolean]>([
    ["get('database.roles.me').admin", {}, true],
    ['get(`database.roles.${auth.openid}`).admin == true', {}, true],
    ["get('database.roles.' + auth.openid).admin == true", {}, true],
    ["get('database.roles.they').admin", {}, false],
    ["get('database.roles.nobody').admin == true", {}, false],
    ["get('database.roles.nobody') == null", {}, true],
    ["get('database.nowhere.me').admin == true", {}, false],
    ['auth.openid in get(`database.roles.${doc.shop}`).owner', { shop: 's1' }, true],
    ['auth.openid in get(`database.roles.${doc.shop}`).owner', { shop: 's2' }, false],
    ['auth.openid in get(`database.roles.${doc.shop}`).owner', {}, false],
    ['doc.shop in get(`database.roles.${auth.openid}`).shops', { shop: 's1' }, true],
    ["get(`database.roles.${get('database.roles.s1').chain}`).boss == auth.openid", {}, true],
  ])('%s allows %j: %j', async (read, query, expected) => {
    await allow({ read });
    expect(await reads(query)).toBe(expected);
  });

  test('a field of an or is read for each of its values', async () => {
    await allow({ read: 'auth.openid in get(`database.roles.${doc.shop}`).owner' });
    const others = [{ shop: 's1' }, { shop: 's3' }];
    expect(await reads(_.or(others))).toBe(true);
    expect(await reads(_.or([...others, { shop: 's2' }]))).toBe(false);
  });

  test('a field of an in may have one value only, and ten documents may be read', async () => {
    await allow({ read: 'auth.openid in get(`database.roles.${doc.shop}`).owner' });
    expect(await reads({ shop: _.in(['s1']) })).toBe(true);
    expect(await reads({ shop: _.in(['s1', 's3']) })).toBe(false);
    const roles = Array.from({ length: 11 }, (_value, n) => ({ _id: `x${n}`, owner: ['me'] }));
    await cloud.control({ seed: { roles } });
    const shops = roles.map(({ _id: shop }) => ({ shop }));
    expect(await reads(_.or(shops.slice(1)))).toBe(true);
    expect(await reads(_.or(shops))).toBe(false);
  });
});

describe('writing', () => {
  test('rules restrict, and add no condition: write stands for what is not given', async () => {
    await allow({ write: 'doc._openid == auth.openid', delete: false });
    const own = mine.collection('things').where({ _openid: '{openid}' });
    expect(await own.update({ data: { n: _.inc(1) } })).toMatchObject({ stats: { updated: 1 } });
    await expect(own.remove()).rejects.toMatchObject(DENIED);
    await expect(
      mine
        .collection('things')
        .where({ n: _.gt(0) })
        .update({ data: { n: 5 } }),
    ).rejects.toMatchObject(DENIED);
    await allow({ update: true, delete: true });
    const all = mine.collection('things').where({ n: _.gt(0) });
    expect(await all.update({ data: { m: 1 } })).toMatchObject({ stats: { updated: 2 } });
    expect(await all.remove()).toMatchObject({ stats: { removed: 2 } });
  });

  test('a new document has its creator in doc, and what was sent in request.data', async () => {
    const add = () => mine.collection('things').add({ data: { n: 1, nested: { by: 'me' } } });
    await allow({ write: 'doc._openid == auth.openid' });
    expect(await add()).toMatchObject({ errMsg: 'collection.add:ok' });
    await allow({ create: 'request.data.n < 5 && request.data.nested.by == auth.openid' });
    expect(await add()).toMatchObject({ errMsg: 'collection.add:ok' });
    for (const create of ['request.data.n > 5', 'doc.n == 1', false, undefined]) {
      await allow({ create, read: true });
      await expect(add()).rejects.toMatchObject(DENIED);
    }
    const added = (await cloud.documents('things')).filter(({ n }) => n === 1);
    expect(added.map((document) => document['_openid'])).toEqual(['me', 'me', 'me']);
  });

  test('an update has its new values in request.data', async () => {
    await allow({ update: 'request.data.n < 5' });
    const update = (n: number) => mine.collection('things').doc('mine').update({ data: { n } });
    expect(await update(4)).toMatchObject({ stats: { updated: 1 } });
    await expect(update(6)).rejects.toMatchObject(DENIED);
  });

  test('set needs the rule of an update, and that of a creation where there is none', async () => {
    const set = (id: string) =>
      mine
        .collection('things')
        .doc(id)
        .set({ data: { n: 7 } });
    await allow({ update: true, create: false });
    expect(await set('theirs')).toMatchObject({ stats: { updated: 1 } });
    await expect(set('new')).rejects.toMatchObject(DENIED);
    await allow({ update: true, create: true });
    expect(await set('new')).toMatchObject({ stats: { created: 1 } });
    await allow({ update: false, create: true });
    await expect(set('newer')).rejects.toMatchObject(DENIED);
    const documents = await cloud.documents('things');
    expect(documents.find(({ _id }) => _id === 'theirs')).toEqual({
      _id: 'theirs',
      _openid: 'they',
      n: 7,
    });
    expect(documents.find(({ _id }) => _id === 'new')).toEqual({ _id: 'new', _openid: 'me', n: 7 });
  });
});

describe('a rule that is refused by name', () => {
  test.each<[unknown, RegExp]>([
    [{ reed: true }, /has no rule "reed"/],
    [{ read: 1 }, /"read" must be true, false or a string/],
    [{ read: 'doc.a ==' }, /"read" is not an expression/],
    [{ read: 'true; false' }, /"read" must be one expression/],
    [
      { write: 'user.id == 1' },
      /"write" has no variable "user": there are auth, doc, now, request/,
    ],
    [{ read: 'doc.a === 1' }, /"read" has the operator ===/],
    [{ read: 'doc.a ?? 1' }, /operator \?\?/],
    [{ read: 'doc.a * 2 == 4' }, /operator \*/],
    [{ read: 'typeof doc.a == 1' }, /operator typeof/],
    [{ read: 'doc.list.includes(1)' }, /calls a function other than get/],
    [{ read: 'doc.a ? true : false' }, /a part that rules do not know: ConditionalExpression/],
    [{ read: '() => true' }, /ArrowFunctionExpression/],
    [{ read: '({}) == 1' }, /ObjectExpression/],
    [{ read: 'this.a == 1' }, /ThisExpression/],
    [{ read: 'doc?.a == 1' }, /ChainExpression/],
    [{ read: 'auth' }, /must be true or false/],
    [{ read: "'yes'" }, /must be true or false/],
    [{ read: `doc.a == '${'x'.repeat(1024)}'` }, /at most 1024 characters/],
    [{ read: "get('a') == get('b') && get('c') == get('d')" }, /get more than 3 times/],
    [{ read: "get(get(get('a'))) == 1" }, /nests get deeper than 2/],
    ['CUSTOM', /must be READONLY, PRIVATE, ADMINWRITE, ADMINONLY or security rules/],
  ])('%j', async (rules, message) => {
    await expect(allow(rules as object)).rejects.toThrow(message);
  });
});
