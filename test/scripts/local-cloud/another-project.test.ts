/**
 * The local cloud as another project uses it: from its own tests, and from its mini program in
 * WeChat DevTools.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useLocalCloud } from '../../../scripts/local-cloud/devtools/use-local-cloud';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import type { Database } from '#local-cloud/wx-cloud';
import { root } from '../../../scripts/project/root';

let folder: string;
let cloud: LocalCloud;

/** A function with a dependency of its own, and no build. */
async function writeProject(): Promise<string> {
  const hello = join(folder, 'functions/hello');
  await mkdir(join(hello, 'node_modules/greeting'), { recursive: true });
  await writeFile(
    join(hello, 'node_modules/greeting/index.js'),
    `module.exports = (name) => 'hello ' + name;`,
  );
  await writeFile(
    join(hello, 'index.js'),
    `const greeting = require('greeting');
     exports.main = async ({ name, fail }) => {
       if (fail) throw new Error('as asked');
       return { text: greeting(name), openid: process.env.WX_OPENID, source: process.env.TCB_SOURCE };
     };`,
  );
  return join(folder, 'functions');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'another-project-'));
  cloud = await createLocalCloud({
    port: 0,
    dataDir: join(folder, 'data'),
    functionsDir: await writeProject(),
    seed: { books: [{ _id: 'a', title: 'A' }] },
  });
});
afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

test('a seed is there at the start, and again after a reset', async () => {
  const post = (path: string, body: object): Promise<unknown> =>
    fetch(`${cloud.url}/${path}`, { method: 'POST', body: JSON.stringify(body) }).then((r) =>
      r.json(),
    );
  const count = { action: 'database.calculateDocument', collectionName: 'books' };
  await post('control', { seed: { books: [{ _id: 'b' }] } });
  expect(await post('admin', count)).toMatchObject({ data: { total: 2 } });
  await post('control', { reset: true });
  expect(await post('admin', count)).toMatchObject({ data: { total: 1 } });
});

type Call = (options: object) => Promise<Record<string, unknown>> | undefined;
interface Cloud {
  callFunction: Call;
  uploadFile: Call;
  downloadFile: Call;
  getTempFileURL: Call;
  deleteFile: Call;
  database: () => Database;
  CloudID: (id: string) => object;
  kept: string;
}
type UseLocalCloud = typeof useLocalCloud;
type FakeWx = Parameters<UseLocalCloud>[0];

/** `wx` of DevTools, as far as it is used. */
function fakeWx(): FakeWx {
  return {
    cloud: { kept: 'as it is' },
    request: ({ url, method, data, header, success, fail }) => {
      const body = typeof data === 'string' ? data : JSON.stringify(data);
      fetch(url, { method, body, headers: header }).then(
        async (reply) => {
          const text = await reply.text();
          const isJson = /json/.test(reply.headers.get('content-type') ?? '');
          success({ data: isJson ? JSON.parse(text) : text, statusCode: reply.status });
        },
        () => fail({ errMsg: 'request:fail' }),
      );
    },
    downloadFile: ({ url, success, fail }) =>
      void fetch(url).then(
        async (reply) =>
          success({ tempFilePath: `wxfile://${await reply.text()}`, statusCode: reply.status }),
        () => fail({ errMsg: 'downloadFile:fail' }),
      ),
    getFileSystemManager: () => ({
      readFile: ({ success }) => success({ data: 'picture' }),
    }),
  };
}

/** What a browser and Node have, and a mini program has not. */
const LACKING = [
  ...['window', 'document', 'self', 'navigator', 'fetch', 'XMLHttpRequest', 'WebSocket', 'crypto'],
  ...[
    'process',
    'global',
    'Buffer',
    'require',
    'TextEncoder',
    'TextDecoder',
    'URL',
    'atob',
    'btoa',
  ],
];

/** The file that is copied into a mini program without a build, as WeChat runs it. */
function builtFile(): UseLocalCloud {
  const code = readFileSync(join(root, 'dist/lib/use-local-cloud.js'), 'utf8');
  const module = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- it must not see what Node has
  const run = new Function('module', 'exports', ...LACKING, code) as (...args: object[]) => void;
  run(module, module.exports);
  return (module.exports as { useLocalCloud: UseLocalCloud }).useLocalCloud;
}

const COPIES: [string, () => UseLocalCloud][] = [
  ['the source', () => useLocalCloud],
  ['the built file', builtFile],
];

describe.each(COPIES)('wx.cloud in DevTools, with %s', (_copy, copied) => {
  let wx: { cloud: Cloud };

  beforeEach(() => {
    const fake = fakeWx();
    copied()(fake, { url: cloud.url, openid: 'me' });
    wx = fake as unknown as { cloud: Cloud };
  });

  test('calls functions of the local cloud, as the one who was chosen', async () => {
    const reply = await wx.cloud.callFunction({ name: 'hello', data: { name: 'you' } });
    expect(reply).toMatchObject({
      result: { text: 'hello you', openid: 'me', source: 'wx_devtools' },
      errMsg: 'cloud.callFunction:ok',
    });
    expect(wx.cloud.kept).toBe('as it is');
  });

  test.each([
    [{ name: 'hello', data: { fail: true } }, -504002],
    [{ name: 'nowhere' }, -501000],
  ])('fails as the SDK does: %j', async (options, errCode) => {
    await expect(wx.cloud.callFunction(options)).rejects.toMatchObject({ errCode });
    const failed = await new Promise((fail) => {
      expect(wx.cloud.callFunction({ ...options, fail })).toBeUndefined();
    });
    expect(failed).toMatchObject({ errCode, errMsg: expect.any(String) });
  });

  test.each([
    ['<html>', 404, '404'],
    [null, 200, '200'],
    [{ error: 'The body is over 1 bytes.' }, 413, 'The body is over 1 bytes.'],
  ])('the answer %j with the status %j is an error', async (data, statusCode, said) => {
    const fake = fakeWx();
    const request: FakeWx['request'] = ({ success }) => success({ data, statusCode });
    const other = Object.assign(fake, { request });
    copied()(other, { url: cloud.url, openid: 'me' });
    const { callFunction } = (other as unknown as { cloud: Cloud }).cloud;
    await expect(callFunction({ name: 'hello' })).rejects.toMatchObject({
      errCode: -1,
      errMsg: expect.stringContaining(said),
    });
  });

  test('uploads, finds, downloads and deletes files', async () => {
    const reply = await wx.cloud.uploadFile({ cloudPath: 'a b.png', filePath: 'wxfile://a' });
    expect(reply).toMatchObject({ fileID: expect.stringMatching(/^cloud:.*\/a b\.png$/) });
    const fileID = reply?.['fileID'] as string;
    expect(await wx.cloud.getTempFileURL({ fileList: [fileID] })).toEqual({
      fileList: [
        {
          fileID,
          tempFileURL: `${cloud.url}/files/a%20b.png`,
          maxAge: 86_400,
          status: 0,
          errMsg: 'ok',
        },
      ],
      errMsg: 'cloud.getTempFileURL:ok',
    });
    expect(await wx.cloud.downloadFile({ fileID })).toEqual({
      tempFilePath: 'wxfile://picture',
      statusCode: 200,
      errMsg: 'cloud.downloadFile:ok',
    });
    expect(await wx.cloud.deleteFile({ fileList: [fileID] })).toMatchObject({
      fileList: [{ fileID, status: 0 }],
    });
    await expect(wx.cloud.downloadFile({ fileID })).rejects.toMatchObject({ errCode: -503003 });
    await expect(wx.cloud.deleteFile({ fileList: fileID })).rejects.toMatchObject({
      errCode: -501007,
    });
  });
});

describe('what only the built file has', () => {
  const connect = (use: UseLocalCloud): Cloud => {
    const fake = fakeWx();
    use(fake, { url: cloud.url, openid: 'me' });
    return (fake as unknown as { cloud: Cloud }).cloud;
  };

  test('the database', async () => {
    const db = connect(builtFile()).database();
    const books = db.collection('books');
    const when = new Date(5);
    await books.doc('mine').set({ data: { n: 1, when } });
    await books.doc('mine').update({ data: { n: db.command.inc(1) } });
    expect(await books.where({ n: 2 }).get()).toEqual({
      data: [{ _id: 'mine', _openid: 'me', n: 2, when }],
      errMsg: 'collection.get:ok',
    });
    await expect(db.collection('gone').get()).rejects.toMatchObject({ errCode: -502005 });
  });

  test('CloudIDs', async () => {
    const { CloudID, callFunction } = connect(builtFile());
    const { result } =
      (await callFunction({ name: 'hello', data: { name: [CloudID('an id')] } })) ?? {};
    expect(result).toMatchObject({ text: 'hello an id' });
  });

  test.each(['database', 'CloudID'] as const)('the source says where %s is', (name) => {
    const run = connect(useLocalCloud)[name] as (id: string) => unknown;
    expect(() => run('id')).toThrow(
      `wx.cloud.${name} is not in this copy of use-local-cloud: take dist/lib/use-local-cloud.js`,
    );
  });

  test('it says how to install it, and is small', () => {
    const code = readFileSync(join(root, 'dist/lib/use-local-cloud.js'), 'utf8');
    expect(code).toMatch(/^\/\*\*\n \* Uses the local cloud from WeChat DevTools/);
    // A mini program may have 2 MB in its main package.
    expect(Buffer.byteLength(code)).toBeLessThan(150_000);
  });
});
