/** The test cloud that `#local-cloud/testing` offers to any project. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestCloud, type TestCloud } from '#local-cloud/testing';

const HELLO = `exports.main = ({ fail }) => {
  if (fail) throw new Error('as asked');
  return { openid: process.env.WX_OPENID, source: process.env.TCB_SOURCE, word: process.env.WORD };
};`;

let functionsDir: string;
let cloud: TestCloud;

beforeEach(async () => {
  functionsDir = await mkdtemp(join(tmpdir(), 'testing-'));
  await mkdir(join(functionsDir, 'hello'));
  await writeFile(join(functionsDir, 'hello/index.js'), HELLO);
  cloud = await openTestCloud({
    functionsDir,
    collections: ['things'],
    functionVariables: { hello: { WORD: 'hi' } },
  });
});
afterEach(async () => {
  await cloud.close();
  await rm(functionsDir, { recursive: true });
});

test('calls a function as somebody, and logs the call', async () => {
  expect(await cloud.call('hello', { openid: 'me', source: 'wx_devtools' }, {})).toEqual({
    openid: 'me',
    source: 'wx_devtools',
    word: 'hi',
  });
  const last = await cloud.lastCall();
  expect(last).toMatchObject({ function: 'hello', caller: { openid: 'me' }, outcome: 'ok' });
  expect(await cloud.calls(last.id)).toEqual([]);
  expect(await cloud.callsUnderWay()).toBe(0);
});

test('tells a failed call, a refused wish and a missing call by an error', async () => {
  await expect(cloud.lastCall()).rejects.toThrow('no call');
  await expect(cloud.call('hello', {}, { fail: true })).rejects.toThrow('-504002');
  expect(await cloud.callRaw('hello', {}, { fail: true })).toMatchObject({ errCode: -504002 });
  await expect(cloud.control({ reset: 'yes' })).rejects.toThrow('"reset" must be true');
});

test('reads the documents of a collection, in the types that the database has', async () => {
  await cloud.control({ seed: { things: [{ _id: 'a', at: { $date: '2026-01-01T00:00:00Z' } }] } });
  expect(await cloud.documents('things')).toEqual([
    { _id: 'a', at: new Date('2026-01-01T00:00:00Z') },
  ]);
});

test('has a folder of its own, which goes away with it', async () => {
  const other = await openTestCloud();
  expect(other.dataDir).not.toBe(cloud.dataDir);
  expect(existsSync(other.dataDir)).toBe(true);
  await other.close();
  expect(existsSync(other.dataDir)).toBe(false);
});
