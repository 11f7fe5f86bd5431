/**
 * The local cloud as another project uses it: from its own tests, and from its mini program in
 * WeChat DevTools.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useLocalCloud } from '../../../scripts/local-cloud/devtools/use-local-cloud';
import { createLocalCloud, type LocalCloud } from '#local-cloud';

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

describe('wx.cloud in DevTools', () => {
  type Call = (options: object) => Promise<Record<string, unknown>> | undefined;
  interface Cloud {
    callFunction: Call;
    uploadFile: Call;
    kept: string;
  }
  let wx: { cloud: Cloud };

  beforeEach(() => {
    const fake = {
      cloud: { kept: 'as it is' },
      request: ({
        url,
        method,
        data,
        header,
        success,
        fail,
      }: Parameters<Parameters<typeof useLocalCloud>[0]['request']>[0]) => {
        const body = typeof data === 'string' ? data : JSON.stringify(data);
        fetch(url, { method, body, headers: header }).then(
          async (reply) => success({ data: await reply.json(), statusCode: reply.status }),
          () => fail({ errMsg: 'request:fail' }),
        );
      },
      getFileSystemManager: () => ({
        readFile: ({ success }: { success: (reply: { data: unknown }) => void }) =>
          success({ data: 'picture' }),
      }),
    };
    useLocalCloud(fake, { url: cloud.url, openid: 'me' });
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

  test('uploads files', async () => {
    const reply = await wx.cloud.uploadFile({ cloudPath: 'a.png', filePath: 'wxfile://a' });
    expect(reply).toMatchObject({ fileID: expect.stringMatching(/^cloud:.*\/a\.png$/) });
    expect(await (await fetch(`${cloud.url}/files/a.png`)).text()).toBe('picture');
  });
});
