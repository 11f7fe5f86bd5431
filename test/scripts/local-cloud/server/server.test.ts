/**
 * The local cloud as a server: starting, stopping, keeping what it acknowledged, who may use it.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalCloud, type LocalCloud } from '#local-cloud';
import { listenOnLoopback } from '../../../../scripts/lib/loopback-server';
import { root } from '../../../../scripts/project/root';
import { runsTypeScript } from '../../../support/run-script';
import { open } from 'lmdb';

let folder: string;
const opened: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-test-'));
});
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
  await rm(folder, { recursive: true, force: true });
});

async function start(port = 0): Promise<LocalCloud> {
  const cloud = await createLocalCloud({ port, dataDir: folder, collections: ['things'] });
  opened.push(() => cloud.close());
  return cloud;
}

interface Command {
  child: ChildProcess;
  url: string;
}

/** The real command, in a process of its own. */
function startCommand(...args: string[]): Promise<Command & { output: () => string }> {
  const child = spawn(
    process.execPath,
    [...runsTypeScript, 'scripts/run.mjs', 'local-cloud', ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  opened.push(() => ended(child, 'SIGKILL'));
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /local cloud ready on (\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve({ child, url, output: () => output });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(Object.assign(new Error(output), { code })));
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve();
      return;
    }
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

const insert = async (url: string, id: string): Promise<boolean> => {
  const body = JSON.stringify({
    action: 'database.insertDocument',
    collectionName: 'things',
    data: [EJSON.stringify({ _id: id })],
  });
  const response = await fetch(`${url}/admin`, { method: 'POST', body });
  return 'data' in ((await response.json()) as object);
};

const idsIn = async (url: string): Promise<string[]> => {
  const body = JSON.stringify({
    action: 'database.getDocument',
    collectionName: 'things',
    limit: 1000,
  });
  const response = await fetch(`${url}/admin`, { method: 'POST', body });
  const { data } = (await response.json()) as { data: { list: string[] } };
  return data.list.map((text) => (EJSON.parse(text) as { _id: string })._id);
};

describe('what was acknowledged', () => {
  test('is there again after a clean stop', async () => {
    const first = await start();
    await insert(first.url, 'kept');
    await first.close();
    opened.length = 0;
    expect(await idsIn((await start()).url)).toEqual(['kept']);
  });

  test('survives kill -9 at any moment, and the folder is free at once', async () => {
    const args = [
      '--port',
      '0',
      '--data',
      folder,
      '--collection',
      'things',
      '--functions',
      `${root}/dist/cloudfunctions`,
    ];
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { child, url } = await startCommand(...args);
      const writing = (async () => {
        for (let index = 0; ; index++) {
          const id = `${round}-${index}`;
          if (!(await insert(url, id).catch(() => false))) return;
          acknowledged.push(id);
        }
      })();
      while (acknowledged.filter((id) => id.startsWith(`${round}-`)).length < 20 + round * 7) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      await ended(child, 'SIGKILL');
      await writing;
    }
    const survivors = new Set(await idsIn((await start()).url));
    expect(acknowledged.filter((id) => !survivors.has(id))).toEqual([]);
  });
});

describe('starting', () => {
  test('on a port in use says which and what to do', async () => {
    const { port, close } = await listenOnLoopback(createServer());
    await expect(start(port)).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`port ${port} is in use`),
    });
    await close();
    // The folder was unlocked again.
    await expect(start()).resolves.toBeDefined();
  });

  test('a second time on the same folder says so, and leaves the first alone', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
    expect(await insert(first.url, 'still works')).toBe(true);
  });

  test('on a folder of another version refuses it and changes nothing', async () => {
    await (await start()).close();
    opened.length = 0;
    const state = open({ path: join(folder, 'state.lmdb'), maxDbs: 10 });
    const meta = state.openDB<number, string>({ name: 'meta' });
    await meta.put('formatVersion', 99);
    await state.close();
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_VERSION' });
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_VERSION' });
  });

  test('without functions says where they were looked for', async () => {
    const options = { port: 0, dataDir: folder, functionsDir: join(folder, 'nowhere') };
    await expect(createLocalCloud(options)).rejects.toMatchObject({
      code: 'FUNCTIONS_DIR_MISSING',
      message: expect.stringContaining(join(folder, 'nowhere')),
    });
  });

  test('on a file in place of a folder says which folder is meant', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const dataDir of [file, join(file, 'within')]) {
      await expect(createLocalCloud({ port: 0, dataDir })).rejects.toMatchObject({
        code: 'DATA_DIR_UNUSABLE',
        message: expect.stringContaining('--data'),
      });
    }
    const options = { port: 0, dataDir: folder, functionsDir: file };
    await expect(createLocalCloud(options)).rejects.toMatchObject({
      code: 'FUNCTIONS_DIR_MISSING',
      message: expect.stringContaining('--functions'),
    });
  });

  test.each([
    [['--data', ''], 2, '--data must not be empty'],
    [['--collection', ''], 2, '--collection must not be empty'],
    [['--collection', 'a/b$'], 2, '"a/b$"'],
    [['--data', 'README.md'], 1, '--data'],
    [['--functions', 'README.md', '--data', 'README.md'], 1, '--functions'],
    [['--port', 'http'], 2, '--port must be a whole number'],
    [['--prot', '1'], 2, '--prot'],
    [['--data'], 2, '--data'],
  ])('the command with %j ends with %i', async (args, code, text) => {
    await expect(startCommand(...args)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(text),
    });
  });
});

test('says which collections there are, and how many documents each has', async () => {
  const { url } = await start();
  const listed = async (): Promise<unknown> => (await fetch(`${url}/collections`)).json();
  const things = { name: 'things', documents: 0, revision: expect.any(String) };
  expect(await listed()).toEqual({ collections: [things] });
  const seed = JSON.stringify({ seed: { things: [{}, {}], books: [{}] } });
  await fetch(`${url}/control`, { method: 'POST', body: seed });
  expect(await listed()).toMatchObject({
    collections: [{ name: 'books', documents: 1 }, { documents: 2 }],
  });
});

test('the command says when it is ready, and Ctrl-C ends it cleanly', async () => {
  const { child, url, output } = await startCommand('--port', '0', '--data', folder);
  expect(output()).toBe(`local cloud ready on ${url}\n`);
  await fetch(`${url}/functions/login`, { method: 'POST', headers: { 'x-wx-openid': 'o' } });
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  expect(await exit).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

describe('who may talk to it', () => {
  function ask(url: string, headers: Record<string, string>, path = '/calls'): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(`${url}${path}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject).end();
    });
  }

  test.each([
    [200, {}],
    [200, { host: 'localhost:1' }],
    [403, { host: 'evil.example' }],
    [403, { host: '127.0.0.1.evil.example' }],
    [403, { origin: 'http://evil.example' }],
    [403, { origin: 'null' }],
    [403, { origin: 'http://127.0.0.1:1' }],
  ] as [number, Record<string, string>][])('%i for %j', async (status, headers) => {
    expect(await ask((await start()).url, headers)).toBe(status);
  });

  test('a page from anywhere, where a function has HTTP access, as in the cloud', async () => {
    const { url } = await start();
    const origin = 'https://shop.example';
    expect(await ask(url, { origin }, '/http/nowhere/')).toBe(404);
    expect(await ask(url, { origin, host: 'evil.example' }, '/http/nowhere/')).toBe(403);
    expect(await ask(url, { origin }, '/functions/hello')).toBe(403);
  });

  test.each([
    ['POST', '/functions/hello', 6],
    ['POST', '/http/hello/path', 6],
    ['POST', '/control', 6],
    ['POST', '/files/a.txt', 20],
    ['PUT', '/files/a.txt', 20],
  ])('%s %s refuses a body over %i MiB, however it is sent', async (method, path, mebibytes) => {
    const { url } = await start();
    const limit = mebibytes * 1024 * 1024;
    const statusOf = (bytes: number, headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const sent = request(`${url}${path}`, { method, headers }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject).end(Buffer.alloc(bytes, 'x'));
      });
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      expect(await statusOf(limit, headers)).not.toBe(413);
      expect(await statusOf(limit + 1, headers)).toBe(413);
    }
  });

  test('a body that is no JSON is refused', async () => {
    const { url } = await start();
    const notJson = await fetch(`${url}/functions/hello`, { method: 'POST', body: '{' });
    expect(await notJson.json()).toMatchObject({ errCode: -501007 });
    const control = await fetch(`${url}/control`, { method: 'POST', body: '{' });
    expect(control.status).toBe(400);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  });

  test.each([
    [{}, 'Send'],
    [{ advanceClockMs: -1 }, 'advanceClockMs'],
    [{ advanceClockMs: 1.5 }, 'advanceClockMs'],
    [{ fault: { kind: 'nonsense' } }, 'fault.kind'],
    [{ fault: { kind: 'databaseLatency' } }, 'fault.ms'],
    [{ reset: 1 }, 'reset'],
    [{ killInstances: 1 }, 'killInstances'],
    [{ seed: { things: 'all' } }, 'seed'],
    [{ fault: { kind: 'databaseError' } }, 'code'],
    [null, 'JSON object'],
  ])(
    'a control body that makes no sense is refused and changes nothing: %j',
    async (body, text) => {
      const { url } = await start();
      const response = await fetch(`${url}/control`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
      expect(((await response.json()) as { error: string }).error).toContain(text);
      const state: unknown = await (await fetch(`${url}/control`)).json();
      expect(state).toMatchObject({ clockOffsetMs: 0, fault: null });
    },
  );
});
