/** Files: uploaded as a mini program does, and handled by functions through the real SDK. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, TestCloud } from '#local-cloud/testing';
import { openFixtureCloud } from '../../../support/fixture-functions';

const FILES = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  exports.main = async ({ method, cloudPath, text, ...rest }) => {
    const options = cloudPath === undefined ? rest : { cloudPath, fileContent: Buffer.from(text) };
    try {
      const { fileContent, ...answer } = await cloud[method](options);
      return fileContent === undefined ? answer : { ...answer, text: fileContent.toString() };
    } catch (error) {
      return { errCode: error.errCode, errMsg: error.errMsg ?? error.message };
    }
  };`;

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await openFixtureCloud({ files: { code: FILES, config: { timeout: 20 } } });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

const sdk = (method: string, options: object): Promise<Answer> =>
  cloud.call('files', {}, { method, ...options });

async function upload(path: string, content: string, openid = 'lin', type = 'image/png') {
  const response = await fetch(`${cloud.url}/files/${path}`, {
    method: 'POST',
    body: content,
    headers: { 'content-type': type, ...(openid !== '' && { 'x-wx-openid': openid }) },
  });
  return (await response.json()) as Answer;
}

const fileId = async (path: string, content = 'x'): Promise<string> =>
  String((await upload(path, content))['fileID']);

describe('a file that a mini program uploads', () => {
  test('has a file id, and is served as what it was uploaded as', async () => {
    const answer = await upload('avatars/%E5%B0%8F%E6%9E%97.png', 'picture');
    expect(answer).toMatchObject({ statusCode: 204, errMsg: 'cloud.uploadFile:ok' });
    expect(answer['fileID']).toMatch(/^cloud:\/\/local\.[^/]+\/avatars\/小林\.png$/);
    const served = await fetch(`${cloud.url}/files/avatars/小林.png`);
    expect(await served.text()).toBe('picture');
    expect(served.headers.get('content-type')).toBe('image/png');
  });

  test('can be written over by who uploaded it, and by nobody else', async () => {
    await upload('a.png', 'first');
    expect(await upload('a.png', 'other', 'zhou')).toMatchObject({ errCode: -503002 });
    expect(await upload('a.png', 'nobody', '')).toMatchObject({ errCode: -503002 });
    expect(await upload('a.png', 'second')).toMatchObject({ statusCode: 204 });
    expect(await (await fetch(`${cloud.url}/files/a.png`)).text()).toBe('second');
  });

  test.each(['', 'a//b', '..%2f..%2fetc%2fpasswd', 'a/..%2fb', 'a%00b', '%ff', 'long'])(
    'is refused at the path %j',
    async (path) => {
      expect(await upload(path === 'long' ? 'x'.repeat(851) : path, 'x')).toMatchObject({
        errCode: -501007,
      });
    },
  );

  test('cannot run as a page of the local cloud', async () => {
    await upload('page.html', '<script>alert(1)</script>', 'lin', 'text/html');
    const { headers } = await fetch(`${cloud.url}/files/page.html`);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is too large above 20 MiB', async () => {
    const body = Buffer.alloc(20 * 1024 * 1024 + 1);
    const { status } = await fetch(`${cloud.url}/files/large`, { method: 'POST', body });
    expect(status).toBe(413);
  });
});

describe('a function', () => {
  test('uploads, finds the address of, downloads and deletes a file', async () => {
    const { fileID } = await sdk('uploadFile', { cloudPath: '报告/a b.txt', text: '内容' });
    const { fileList } = await sdk('getTempFileURL', { fileList: [fileID] });
    expect(fileList).toEqual([expect.objectContaining({ fileID, status: 0 })]);
    expect(await sdk('downloadFile', { fileID })).toMatchObject({ text: '内容' });
    expect(await sdk('deleteFile', { fileList: [fileID] })).toMatchObject({
      fileList: [{ fileID, status: 0 }],
    });
    expect(await sdk('downloadFile', { fileID })).toMatchObject({ errCode: -1 });
  });

  test('is told of each file whether it was there', async () => {
    const there = await fileId('there.png');
    const fileList = [there, `${there}.not`, 'cloud://elsewhere.bucket/there.png'];
    expect(await sdk('getTempFileURL', { fileList })).toMatchObject({
      fileList: [{ status: 0 }, { status: -503003 }, { status: -503003, tempFileURL: '' }],
    });
    expect(await sdk('deleteFile', { fileList })).toMatchObject({
      fileList: [{ status: 0 }, { status: -503003 }, { status: -503003 }],
    });
  });

  test('may name fifty files at once, not more', async () => {
    const id = await fileId('a.png');
    const fileList = Array.from({ length: 51 }, () => id);
    expect(await sdk('getTempFileURL', { fileList })).toMatchObject({ errCode: -1 });
  });
});

describe('a form of an SDK before wx-server-sdk 4', () => {
  async function post(path: string, fields: Record<string, string>): Promise<[number, string]> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const response = await fetch(`${cloud.url}/files/${path}`, { method: 'POST', body });
    return [response.status, await response.text()];
  }
  const SIGNED = { Signature: 'local', 'x-cos-security-token': 'local' };

  test('is a file, and nothing is answered', async () => {
    const reply = await post('a.txt', { ...SIGNED, key: 'a.txt', file: 'text' });
    expect(reply).toEqual([204, '']);
    expect(await (await fetch(`${cloud.url}/files/a.txt`)).text()).toBe('text');
  });

  test.each([
    [{ ...SIGNED, key: 'b.txt', file: 'text' }, 'InvalidArgument'],
    [{ ...SIGNED, file: 'text' }, 'InvalidArgument'],
    [{ ...SIGNED, key: 'a.txt' }, 'MalformedPOSTRequest'],
  ])('is refused in XML: %j', async (fields, code) => {
    const [, text] = await post('a.txt', fields);
    expect(text).toContain(`<Error><Code>${code}</Code><Message>`);
    expect((await fetch(`${cloud.url}/files/a.txt`)).status).toBe(404);
  });

  test('is refused in XML where it is no form', async () => {
    const response = await fetch(`${cloud.url}/files/a.txt`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x and no end',
    });
    expect(await response.text()).toContain('<Code>MalformedPOSTRequest</Code>');
  });

  test('lets nobody write over a file without a signature', async () => {
    await upload('a.png', 'first');
    const [, answer] = await post('a.png', { key: 'a.png', file: 'second' });
    expect(JSON.parse(answer)).toMatchObject({ errCode: -503002 });
  });
});

test('a reset removes every file', async () => {
  await upload('a.png', 'x');
  await cloud.control({ reset: true });
  expect((await fetch(`${cloud.url}/files/a.png`)).status).toBe(404);
});
