/** What the basic permissions let a mini program do, through the library that it uses. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';
import type { Database } from '#local-cloud/wx-cloud';
import { phoneDatabase } from '../../../support/phone-database';

const PERMISSIONS = ['READONLY', 'PRIVATE', 'ADMINWRITE', 'ADMINONLY'] as const;
type Name = (typeof PERMISSIONS)[number] | 'unset';

let cloud: TestCloud;
let mine: Database;

beforeAll(async () => {
  const documents = [
    { _id: 'mine', _openid: 'me', n: 1 },
    { _id: 'theirs', _openid: 'they', n: 2 },
    { _id: 'ours', n: 3 },
  ];
  cloud = await openTestCloud({
    collections: [
      ...PERMISSIONS.map((permission) => ({ name: permission, indexes: [], permission })),
      'unset',
    ],
    seed: Object.fromEntries([...PERMISSIONS, 'unset'].map((name) => [name, documents])),
  });
  mine = phoneDatabase(cloud.url, 'me');
});
beforeEach(() => cloud.control({ reset: true }));
afterAll(() => cloud.close());

const stored = async (name: Name, id: string) =>
  (await cloud.documents(name)).find(({ _id }) => _id === id);

const DENIED = {
  errCode: -502003,
  errMsg: expect.stringMatching(/:fail -502003 database permission denied\. Permission denied$/),
};

describe('reading', () => {
  test.each<[Name, string[]]>([
    ['READONLY', ['mine', 'ours', 'theirs']],
    ['PRIVATE', ['mine']],
    ['unset', ['mine']],
    ['ADMINWRITE', ['mine', 'ours', 'theirs']],
  ])('%s shows %j', async (name, ids) => {
    const things = mine.collection(name);
    const found = (await things.orderBy('_id', 'asc').get()) as { data: { _id: string }[] };
    expect(found.data.map(({ _id }) => _id)).toEqual(ids);
    expect(await things.count()).toEqual({ total: ids.length, errMsg: 'collection.count:ok' });
    expect(await things.aggregate().match({}).count('n').end()).toMatchObject({
      list: [{ n: ids.length }],
    });
    expect(
      await things
        .aggregate()
        .group({ _id: null, n: mine.command.aggregate.sum(1) })
        .end(),
    ).toMatchObject({ list: [{ n: ids.length }] });
  });

  test('ADMINONLY shows nothing, and says so', async () => {
    const things = mine.collection('ADMINONLY');
    await expect(things.get()).rejects.toMatchObject(DENIED);
    await expect(things.doc('mine').get()).rejects.toMatchObject(DENIED);
    await expect(things.count()).rejects.toMatchObject(DENIED);
    await expect(things.aggregate().match({}).end()).rejects.toMatchObject(DENIED);
  });

  test('a document of somebody else is not there, where only its creator may read it', async () => {
    await expect(mine.collection('PRIVATE').doc('theirs').get()).rejects.toMatchObject({
      errCode: -1,
      errMsg: expect.stringMatching(/^document\.get:fail cannot find document with _id theirs, /),
    });
    expect(await mine.collection('READONLY').doc('theirs').get()).toMatchObject({ data: { n: 2 } });
  });

  test('a condition on another creator finds nothing instead of theirs', async () => {
    const query = mine.collection('PRIVATE').where({ _openid: 'they' });
    expect(await query.get()).toMatchObject({ data: [] });
  });

  test('geoNear stays the first stage, and finds the person’s own', async () => {
    const at = (_id: string, _openid: string) => ({
      _id,
      _openid,
      at: { type: 'Point', coordinates: [1, 1] },
    });
    await cloud.control({ seed: { PRIVATE: [at('near me', 'me'), at('near them', 'they')] } });
    const { list } = (await mine
      .collection('PRIVATE')
      .aggregate()
      .geoNear({
        near: { longitude: 1, latitude: 1 },
        distanceField: 'far',
        spherical: true,
        query: { at: mine.command.exists(true) },
      })
      .end()) as { list: { _id: string }[] };
    expect(list.map(({ _id }) => _id)).toEqual(['near me']);
  });

  test('lookup shows documents only of collections that everybody may read', async () => {
    const look = (from: string) =>
      mine
        .collection('READONLY')
        .aggregate()
        .match({ _id: 'mine' })
        .lookup({ from, localField: 'n', foreignField: 'n', as: 'other' })
        .end();
    expect(await look('ADMINWRITE')).toMatchObject({ list: [{ other: [{ _id: 'mine' }] }] });
    await expect(look('PRIVATE')).rejects.toMatchObject(DENIED);
    await expect(look('ADMINONLY')).rejects.toMatchObject(DENIED);
  });
});

describe.each(['READONLY', 'PRIVATE', 'unset'] as const)('writing to %s', (name) => {
  test('adds documents with their creator', async () => {
    const { _id, errMsg } = (await mine.collection(name).add({ data: { n: 4 } })) as Record<
      string,
      string
    >;
    expect(errMsg).toBe('collection.add:ok');
    expect(await stored(name, _id ?? '')).toEqual({ _id, _openid: 'me', n: 4 });
  });

  test('changes the person’s own documents only, and says how many', async () => {
    const things = mine.collection(name);
    const update = { data: { n: 9 } };
    expect(await things.doc('theirs').update(update)).toEqual({
      stats: { updated: 0 },
      errMsg: 'document.update:ok',
    });
    expect(await things.doc('mine').update(update)).toMatchObject({ stats: { updated: 1 } });
    expect(await things.where({ n: mine.command.gt(0) }).update({ data: { n: 8 } })).toEqual({
      stats: { updated: 1 },
      errMsg: 'collection.update:ok',
    });
    expect(await stored(name, 'theirs')).toMatchObject({ n: 2 });
    expect(await things.doc('theirs').remove()).toEqual({
      stats: { removed: 0 },
      errMsg: 'document.remove:ok',
    });
    expect(await things.where({ n: mine.command.gt(0) }).remove()).toEqual({
      stats: { removed: 1 },
      errMsg: 'collection.remove:ok',
    });
    expect(await stored(name, 'theirs')).toBeDefined();
  });

  // Such a set once took the documents of others for its own.
  test.each(['{"n":2}', '{}', '{"_id":{"$in":["theirs"]}}', '{"_id":"theirs","n":2}'])(
    'nothing is replaced by another condition than an id: %s',
    async (query) => {
      const response = await fetch(`${cloud.url}/database`, {
        method: 'POST',
        headers: { 'x-wx-openid': 'me' },
        body: JSON.stringify({
          action: 'database.modifyDocument',
          collectionName: name,
          query,
          data: '{"n":9}',
          merge: false,
          multi: true,
          upsert: true,
        }),
      });
      expect(await response.json()).toMatchObject({ code: 'INVALID_PARAM' });
      expect(await stored(name, 'theirs')).toEqual({ _id: 'theirs', _openid: 'they', n: 2 });
    },
  );

  test('set replaces the person’s own document, which keeps its creator, or creates one', async () => {
    const things = mine.collection(name);
    expect(await things.doc('mine').set({ data: { m: 1 } })).toEqual({
      _id: 'mine',
      stats: { updated: 1, created: 0 },
      errMsg: 'document.set:ok',
    });
    expect(await stored(name, 'mine')).toEqual({ _id: 'mine', _openid: 'me', m: 1 });
    expect(await things.doc('new').set({ data: { m: 1 } })).toMatchObject({
      stats: { updated: 0, created: 1 },
    });
    expect(await stored(name, 'new')).toEqual({ _id: 'new', _openid: 'me', m: 1 });
  });

  test.each(['theirs', 'ours'])(
    'set refuses the document %s, which the person did not create',
    async (id) => {
      await expect(
        mine
          .collection(name)
          .doc(id)
          .set({ data: { m: 1 } }),
      ).rejects.toMatchObject(DENIED);
      expect(await stored(name, id)).toMatchObject({ n: expect.any(Number) });
    },
  );

  test('the creator can’t be given, changed, removed or renamed', async () => {
    const things = mine.collection(name);
    const { command: _ } = mine;
    const refused = {
      errCode: -501007,
      errMsg: expect.stringMatching(
        /:fail -501007 invalid parameters\. Invalid Key Name: _openid$/,
      ),
    };
    await expect(things.add({ data: { _openid: 'they' } })).rejects.toMatchObject(refused);
    await expect(things.doc('mine').set({ data: { _openid: 'me' } })).rejects.toMatchObject(
      refused,
    );
    await expect(things.doc('mine').update({ data: { _openid: 'they' } })).rejects.toMatchObject(
      refused,
    );
    await expect(
      things.doc('mine').update({ data: { _openid: _.remove() } }),
    ).rejects.toMatchObject(refused);
    await expect(
      things.doc('mine').update({ data: { n: _.rename('_openid') } }),
    ).rejects.toMatchObject(refused);
    expect(
      await things.doc('mine').update({ data: { a: { _openid: 'they' }, b: '_openid' } }),
    ).toMatchObject({ stats: { updated: 1 } });
  });
});

describe.each(['ADMINWRITE', 'ADMINONLY'] as const)('writing to %s', (name) => {
  test('is refused', async () => {
    const things = mine.collection(name);
    await expect(things.add({ data: { n: 4 } })).rejects.toMatchObject(DENIED);
    await expect(things.doc('mine').update({ data: { n: 4 } })).rejects.toMatchObject(DENIED);
    await expect(things.doc('mine').set({ data: { n: 4 } })).rejects.toMatchObject(DENIED);
    await expect(things.doc('new').set({ data: { n: 4 } })).rejects.toMatchObject(DENIED);
    await expect(things.where({ n: 1 }).remove()).rejects.toMatchObject(DENIED);
    expect(await cloud.documents(name)).toHaveLength(3);
  });
});

describe('the permissions of a cloud', () => {
  test('change while it runs, are shown, and are those of the start after a reset', async () => {
    const shown = async () =>
      ((await (await fetch(`${cloud.url}/control`)).json()) as { permissions: object }).permissions;
    const atStart = Object.fromEntries(PERMISSIONS.map((name) => [name, name]));
    expect(await shown()).toEqual(atStart);
    await cloud.control({ permissions: { unset: 'READONLY', PRIVATE: { read: true } } });
    expect(await shown()).toEqual({ ...atStart, unset: 'READONLY', PRIVATE: { read: true } });
    expect(await mine.collection('unset').count()).toMatchObject({ total: 3 });
    expect(await mine.collection('PRIVATE').count()).toMatchObject({ total: 3 });
    await cloud.control({ reset: true });
    expect(await shown()).toEqual(atStart);
    expect(await mine.collection('unset').count()).toMatchObject({ total: 1 });
  });

  test('are refused with the name of the collection, and then none changes', async () => {
    const permissions = { unset: 'READONLY', books: { read: 'doc.a ===' } };
    await expect(cloud.control({ permissions })).rejects.toThrow(
      'The permission of "books" is no security rule: "read" is not an expression',
    );
    await expect(cloud.control({ permissions: 'READONLY' })).rejects.toThrow(
      '"permissions" must hold',
    );
    expect(await mine.collection('unset').count()).toMatchObject({ total: 1 });
  });

  test('are refused at the start', async () => {
    const collections = [{ name: 'books', indexes: [], permission: 'OPEN' as 'PRIVATE' }];
    await expect(openTestCloud({ collections })).rejects.toMatchObject({
      code: 'PERMISSION_INVALID',
      message:
        'The permission of "books" must be READONLY, PRIVATE, ADMINWRITE, ADMINONLY or security rules.',
    });
  });
});
