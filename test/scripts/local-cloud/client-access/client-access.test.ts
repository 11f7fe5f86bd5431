/** `POST /database` and `POST /storage`, beside what permissions decide. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { openTestCloud, type Answer, type TestCloud } from '#local-cloud/testing';
import { eventually } from '../../../support/eventually';
import { phoneDatabase } from '../../../support/phone-database';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openTestCloud({
    collections: [{ name: 'books', indexes: [], permission: 'READONLY' }, 'roles'],
  });
});
beforeEach(() => cloud.control({ reset: true }));
afterAll(() => cloud.close());

async function post(
  path: string,
  body: unknown,
  openid: string | undefined = 'me',
): Promise<Answer> {
  const response = await fetch(`${cloud.url}/${path}`, {
    method: 'POST',
    headers: openid === '' ? {} : { 'x-wx-openid': openid },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

const GET = { action: 'database.getDocument', collectionName: 'books' };

test('20 documents come at once, whatever is asked for', async () => {
  const books = Array.from({ length: 25 }, (_, n) => ({ _id: `book ${n}`, _openid: 'me' }));
  await cloud.control({ seed: { books } });
  const counts = await Promise.all(
    [undefined, 5, 20, 21, 1000].map(async (limit) => {
      const { data } = await post('database', { ...GET, limit });
      return (data as { list: string[] }).list.length;
    }),
  );
  expect(counts).toEqual([20, 5, 20, 20, 20]);
  const { data } = (await phoneDatabase(cloud.url, 'me').collection('books').skip(20).get()) as {
    data: object[];
  };
  expect(data).toHaveLength(5);
});

test.each([
  ...['startTransaction', 'commitTransaction', 'addCollection', 'modifyAndReturnDoc'].map(
    (name) => [`database.${name}`],
  ),
  ['storage.batchDeleteFile'],
  ['functions.invokeFunction'],
  ['toString'],
])('a mini program has no action %s', async (action) => {
  expect(await post('database', { action, collectionName: 'books' })).toMatchObject({
    code: 'INVALID_ACTION',
    message: expect.stringContaining(action),
  });
});

test('a mini program has no transaction', async () => {
  const { transactionId } = await cloud.admin({ action: 'database.startTransaction' });
  expect(await post('database', { ...GET, transactionId })).toMatchObject({
    code: 'INVALID_ACTION',
    message: expect.stringContaining('transaction'),
  });
});

test.each(['{', '[]', 'null', ''])('the body %j is refused', async (body) => {
  expect(await post('database', body)).toMatchObject({ code: 'INVALID_ACTION' });
});

test.each([
  [{ ...GET, query: '{' }, 'query is not EJSON'],
  [{ ...GET, query: '[]' }, 'query must be an object'],
  [
    { action: 'database.insertDocument', collectionName: 'books', data: ['{}', '{}'] },
    'one document at a time',
  ],
  [
    { action: 'database.insertDocument', collectionName: 'books', data: 'x' },
    'one document at a time',
  ],
  [
    {
      action: 'database.modifyDocument',
      collectionName: 'books',
      query: '{}',
      data: '1',
      merge: true,
    },
    'data must be an object',
  ],
  [
    { action: 'database.aggregateDocuments', collectionName: 'books', stages: 'x' },
    'stages must be an array',
  ],
  [
    {
      action: 'database.aggregateDocuments',
      collectionName: 'books',
      stages: [{ stageKey: '$match', stageValue: '{' }],
    },
    'stageValue is not EJSON',
  ],
])('%j is refused with what is wrong', async (body, message) => {
  expect(await post('database', body)).toMatchObject({
    code: 'INVALID_PARAM',
    message: expect.stringContaining(message),
  });
});

test('nobody may read anything', async () => {
  expect(await post('database', GET, '')).toMatchObject({ code: 'DATABASE_PERMISSION_DENIED' });
});

test('a collection that is not there is said to be so, whatever its permission', async () => {
  await cloud.control({ permissions: { nowhere: 'ADMINONLY' } });
  expect(await post('database', { ...GET, collectionName: 'nowhere' })).toMatchObject({
    code: 'DATABASE_COLLECTION_NOT_EXIST',
    message: expect.stringContaining('nowhere'),
  });
  await expect(phoneDatabase(cloud.url, 'me').collection('nowhere').get()).rejects.toMatchObject({
    errCode: -502005,
    errMsg: expect.stringMatching(
      /^collection\.get:fail -502005 database collection not exists\. \[ResourceNotFound\] Db or Table not exist: nowhere/,
    ),
  });
});

test('values of every type stay what they are', async () => {
  const at = new Date('2026-01-02T03:04:05Z');
  const db = phoneDatabase(cloud.url, 'me');
  const data = {
    at,
    n: 1.5,
    whole: 3,
    text: '{openid}',
    none: null,
    list: [1, { at }],
    where: db.Geo['Point']?.(1, 2),
  };
  await db.collection('books').doc('a').set({ data });
  const expected = {
    _id: 'a',
    _openid: 'me',
    ...data,
    where: { type: 'Point', coordinates: [1, 2] },
  };
  const [stored] = await cloud.documents('books');
  expect(EJSON.stringify(stored)).toBe(
    EJSON.stringify({ ...data, where: expected.where, _openid: 'me', _id: 'a' }),
  );
  expect(await db.collection('books').where({ at }).get()).toMatchObject({
    data: [{ at, list: [1, { at }] }],
  });
});

test('faults of the database are those of the phone’s database too', async () => {
  await cloud.control({ fault: { kind: 'databaseDown', count: 1 } });
  expect(await post('database', GET)).toMatchObject({ code: 'SYS_ERR' });
  await cloud.control({ fault: { kind: 'databaseDropBefore' } });
  await expect(post('database', GET)).rejects.toThrow();
  await cloud.control({ fault: { kind: 'databaseTimeoutBefore' } });
  const silent = new AbortController();
  const asked = fetch(`${cloud.url}/database`, {
    method: 'POST',
    headers: { 'x-wx-openid': 'me' },
    body: JSON.stringify(GET),
    signal: silent.signal,
  });
  const fault = async () =>
    ((await (await fetch(`${cloud.url}/control`)).json()) as { fault: object | null }).fault;
  await eventually(async () => (await fault()) === null);
  silent.abort();
  await expect(asked).rejects.toThrow('aborted');
});

test('the call log names whose phone asked, what it was refused too', async () => {
  await post('database', { ...GET, query: '{"_id":"a"}' });
  await post('database', { ...GET, collectionName: 'roles', action: 'database.addCollection' });
  await post('database', { ...GET, watch: 'again' });
  const { adminOperations } = (await (await fetch(`${cloud.url}/calls`)).json()) as {
    adminOperations: object[];
  };
  const caller = { openid: 'me', appid: 'touristappid', source: 'wx_client' };
  expect(adminOperations).toMatchObject([
    { action: 'getDocument', collection: 'books', outcome: 'ok', index: '_id', caller },
    { action: 'addCollection', collection: 'roles', outcome: 'INVALID_ACTION', caller },
  ]);
});

describe('files', () => {
  const upload = (path: string, openid: string) =>
    fetch(`${cloud.url}/files/${path}`, {
      method: 'POST',
      headers: { 'x-wx-openid': openid },
      body: path,
    });
  const id = (path: string) => `cloud://local.6c6f-local-1250000000/${path}`;

  test('everybody finds one, and only its uploader deletes it', async () => {
    await upload('mine.txt', 'me');
    await upload('文 1.txt', 'they');
    const list = ['文 1.txt', 'gone.txt', 'mine.txt'].map(id);
    const [theirs, gone, mine] = list;
    const found = await post('storage/getTempFileURL', {
      fileList: [mine, { fileID: theirs, maxAge: 60 }, gone, 'cloud://other.bucket/mine.txt'],
    });
    const missing = {
      tempFileURL: '',
      maxAge: 0,
      status: -503003,
      errMsg: 'storage file not exists',
    };
    expect(found).toEqual({
      errMsg: 'cloud.getTempFileURL:ok',
      fileList: [
        {
          fileID: mine,
          tempFileURL: `${cloud.url}/files/mine.txt`,
          maxAge: 86_400,
          status: 0,
          errMsg: 'ok',
        },
        {
          fileID: theirs,
          tempFileURL: `${cloud.url}/files/%E6%96%87%201.txt`,
          maxAge: 86_400,
          status: 0,
          errMsg: 'ok',
        },
        { fileID: gone, ...missing },
        { fileID: 'cloud://other.bucket/mine.txt', ...missing },
      ],
    });
    expect(await post('storage/deleteFile', { fileList: list })).toEqual({
      errMsg: 'cloud.deleteFile:ok',
      fileList: [
        { fileID: theirs, status: -503002, errMsg: 'storage permission denied' },
        { fileID: gone, status: -503003, errMsg: 'storage file not exists' },
        { fileID: mine, status: 0, errMsg: 'ok' },
      ],
    });
    expect((await fetch(`${cloud.url}/files/mine.txt`)).status).toBe(404);
    expect((await fetch(`${cloud.url}/files/文 1.txt`)).status).toBe(200);
  });

  test('of others only, or by nobody: none is deleted', async () => {
    await upload('theirs.txt', 'they');
    const fileList = [id('theirs.txt')];
    expect(await post('storage/deleteFile', { fileList })).toMatchObject({
      fileList: [{ status: -503002 }],
    });
    expect(await post('storage/deleteFile', { fileList }, '')).toMatchObject({
      fileList: [{ status: -503002 }],
    });
  });

  test.each([
    ['deleteFile', []],
    ['deleteFile', Array.from({ length: 51 }, () => id('a'))],
    ['deleteFile', 'a'],
    ['deleteFile', [1]],
    ['getTempFileURL', []],
    ['getTempFileURL', undefined],
  ])('%s refuses a list that is none: case %#', async (name, fileList) => {
    expect(await post(`storage/${name}`, { fileList })).toMatchObject({
      errCode: -501007,
      errMsg: expect.stringMatching(new RegExp(`^cloud\\.${name}:fail `)),
    });
  });

  test('every file of the log has its caller', async () => {
    await post('storage/getTempFileURL', { fileList: [id('a')] });
    const { adminOperations } = (await (await fetch(`${cloud.url}/calls`)).json()) as {
      adminOperations: object[];
    };
    expect(adminOperations).toMatchObject([
      { action: 'storage.batchGetDownloadUrl', caller: { openid: 'me' } },
    ]);
  });
});

test('a limit that is no count, which once gave 100 documents, gives a phone 20', async () => {
  const documents = Array.from({ length: 30 }, (_, n) => ({ _id: `d${n}`, _openid: 'me' }));
  const crowd = await openTestCloud({ collections: ['many'], seed: { many: documents } });
  try {
    for (const limit of [-1, 1.5]) {
      const response = await fetch(`${crowd.url}/database`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-wx-openid': 'me', openid: 'me' },
        body: JSON.stringify({
          action: 'database.getDocument',
          collectionName: 'many',
          query: '{}',
          limit,
        }),
      });
      const { data } = (await response.json()) as { data: { list: string[] } };
      expect(data.list).toHaveLength(20);
    }
  } finally {
    await crowd.close();
  }
});
