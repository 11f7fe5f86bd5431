/** One function on the versions of wx-server-sdk that are in use, each as it was published. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '#local-cloud/testing';
import {
  openFixtureCloud,
  type FixtureCloud,
  type FixtureFunction,
} from '../../../support/fixture-functions';
import { olderSdk } from '../../../support/older-sdks';

const VERSIONS = ['2.1', '2.4', '2.6', '3.0', '4.0'] as const;
const TOO_OLD = '1.8';

/** A file that is no text, in which a boundary seems to begin. */
const CONTENT = [0, 255, 13, 10, 45, 45, 128];

const CODE = `
  const cloud = require(SDK);
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  const db = cloud.database();
  const _ = db.command;
  const steps = {
    async read() {
      const { OPENID, APPID, SOURCE } = cloud.getWXContext();
      return { OPENID, APPID, SOURCE };
    },
    async documents() {
      const books = db.collection('books');
      const { _id } = await books.add({ data: { n: 1, at: db.serverDate(), tags: ['a'] } });
      await books.doc('b').set({ data: { n: 5 } });
      await books.doc(_id).update({ data: { n: _.inc(1), tags: _.push('b') } });
      const { data } = await books.where({ n: _.lt(5) }).orderBy('n', 'desc').limit(5).get();
      const { total } = await books.where(_.or([{ n: 2 }, { n: 5 }])).count();
      const { list } = await books.aggregate().match({ n: _.gt(1) })
        .group({ _id: null, sum: db.command.aggregate.sum('$n') }).end();
      const { stats } = await books.where({ n: _.gt(0) }).remove();
      const [{ n, tags, at }] = data;
      return { n, tags, isDate: at instanceof Date, total, list, removed: stats.removed };
    },
    async transaction() {
      const books = db.collection('books');
      await books.doc('t').set({ data: { n: 1 } });
      await db.runTransaction(async (transaction) => {
        const { data } = await transaction.collection('books').doc('t').get();
        await transaction.collection('books').doc('t').update({ data: { n: data.n + 1 } });
      });
      return (await books.doc('t').get()).data;
    },
    async call() {
      return (await cloud.callFunction({ name: 'echo', data: { a: 1 } })).result.a;
    },
    async files({ content, cloudPath }) {
      const { fileID } = await cloud.uploadFile({ cloudPath, fileContent: Buffer.from(content) });
      const { fileContent } = await cloud.downloadFile({ fileID });
      const { fileList: urls } = await cloud.getTempFileURL({ fileList: [fileID] });
      const { fileList: deleted } = await cloud.deleteFile({ fileList: [fileID] });
      return {
        fileID, content: [...fileContent],
        url: urls[0].tempFileURL, deleted: deleted[0].status,
      };
    },
    async stream({ cloudPath }) {
      const file = require('path').join(require('os').tmpdir(), cloudPath);
      require('fs').writeFileSync(file, 'from a stream');
      const fileContent = require('fs').createReadStream(file);
      const { fileID } = await cloud.uploadFile({ cloudPath, fileContent });
      require('fs').unlinkSync(file);
      return (await cloud.downloadFile({ fileID })).fileContent.toString();
    },
  };
  exports.main = async ({ step, ...event }) => {
    try {
      return { value: await steps[step](event) };
    } catch (error) {
      return { errCode: error.errCode, errMsg: error.errMsg || error.message };
    }
  };`;

let cloud: FixtureCloud;

beforeAll(async () => {
  const functions: Record<string, FixtureFunction> = {
    echo: { code: 'exports.main = (event) => event;' },
  };
  for (const version of [TOO_OLD, ...VERSIONS]) {
    const sdk = version === '4.0' ? 'wx-server-sdk' : await olderSdk(version);
    functions[nameOf(version)] = {
      code: CODE.replace('require(SDK)', `require('${sdk}')`),
      config: { timeout: 60 },
    };
  }
  cloud = await openFixtureCloud(functions, { collections: ['books'] });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

const nameOf = (version: string): string => `sdk-${version.replace('.', '-')}`;
const run = (version: string, step: string, data: object = {}): Promise<Answer> =>
  cloud.call(nameOf(version), { openid: 'lin', appid: 'wx-a' }, { step, ...data });

describe.each(VERSIONS)('with wx-server-sdk %s', (version) => {
  test('a function knows its caller', async () => {
    expect(await run(version, 'read')).toEqual({
      value: { OPENID: 'lin', APPID: 'wx-a', SOURCE: 'wx_client' },
    });
  });

  // 2.1 found the real cloud instead, and its pipelines were an unknown action.
  test('it reads, writes, counts, aggregates and removes documents', async () => {
    expect(await run(version, 'documents')).toEqual({
      value: {
        ...{ n: 2, tags: ['a', 'b'], isDate: true },
        ...{ total: 2, list: [{ _id: null, sum: 7 }], removed: 2 },
      },
    });
  });

  test('it runs transactions', async () => {
    expect(await run(version, 'transaction')).toEqual({ value: { _id: 't', n: 2 } });
  });

  test('it calls functions', async () => {
    expect(await run(version, 'call')).toEqual({ value: 1 });
  });

  // Before version 4 a form is posted, which was taken for an upload of a mini program.
  test('it uploads, downloads and deletes files', async () => {
    const cloudPath = `图 ${version}/a&b.bin`;
    expect(await run(version, 'files', { content: CONTENT, cloudPath })).toEqual({
      value: {
        fileID: expect.stringMatching(/^cloud:\/\/.*\/图 \d\.\d\/a&b\.bin$/),
        content: CONTENT,
        url: `${cloud.url}/files/${cloudPath}`,
        deleted: 0,
      },
    });
  });

  test('it uploads a stream, and an empty file', async () => {
    const cloudPath = `stream-${process.pid}-${version}.txt`;
    expect(await run(version, 'stream', { cloudPath })).toEqual({ value: 'from a stream' });
    const empty = await run(version, 'files', { content: [], cloudPath: 'empty' });
    expect(empty).toMatchObject({ value: { content: [] } });
  });
});

test('a version that would leave the machine is refused by name', async () => {
  const about = join(cloud.functionsDir, nameOf(TOO_OLD), 'node_modules/wx-server-sdk');
  await mkdir(about, { recursive: true });
  await writeFile(join(about, 'package.json'), '{ "version": "1.8.3" }');
  expect(await run(TOO_OLD, 'read')).toMatchObject({ value: { OPENID: 'lin' } });
  for (const step of ['documents', 'call']) {
    expect(await run(TOO_OLD, step)).toMatchObject({
      errMsg: expect.stringMatching(
        /wx-server-sdk 1\.8\.3 calls tcb-admin\.tencentyun\.com, .*wx-server-sdk 2\.1 or newer/,
      ),
    });
  }
});
