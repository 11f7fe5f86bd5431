import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../scripts/lib/free-port';
import { listenOnLoopback, type LoopbackServer } from '../../../scripts/lib/loopback-server';
import { root } from '../../../scripts/project/root';
import { removeMiniprograms, writeMiniprogram } from '../../support/miniprogram-folder';
import { runsScript } from '../../support/run-script';

const STARTED = /Open (http:\/\/127\.0\.0\.1:\d+)/;

interface Started {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
  /** Resolves to the address once it is printed; fails when the process ends before. */
  opened: Promise<string>;
}

let dataDir: string;
let started: Started[] = [];
let blockers: LoopbackServer[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'start-'));
});

afterEach(async () => {
  for (const { child, exited } of started) {
    child.kill('SIGKILL');
    await exited;
  }
  for (const blocker of blockers) await blocker.close();
  started = [];
  blockers = [];
  removeMiniprograms();
  await rm(dataDir, { recursive: true });
});

/** Without building: dist/ is built already, and other tests are reading it. */
const start = (...args: string[]): Started => run('--no-build', ...args);

/** As `npm start` runs it. */
function run(...args: string[]): Started {
  const child = spawn(process.execPath, runsScript('start', ...args), {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((done) => child.on('close', done));
  const opened = new Promise<string>((done, fail) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = STARTED.exec(output)?.[1];
      if (url !== undefined) done(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then(() => fail(new Error(output)));
  });
  // Where a test waits for the exit only, the failure to open is expected.
  opened.catch(() => undefined);
  const it = { child, output: () => output, exited, opened };
  started.push(it);
  return it;
}

async function takenPort(): Promise<number> {
  const server = await listenOnLoopback(createServer());
  blockers.push(server);
  return server.port;
}

/** Any that are free. */
const FREE_PORTS = ['--port', '0', '--cloud-port', '0'];

describe('npm start', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'serves the preview and the cloud, and stops cleanly on %s',
    async (signal) => {
      const it = start(...FREE_PORTS, '--data', dataDir);
      const url = await it.opened;
      expect((await fetch(url)).status).toBe(200);
      const login = await fetch(`${url}/cloud/functions/login`, {
        method: 'POST',
        headers: { 'x-wx-openid': 'o1', 'x-wx-appid': 'wx1', 'x-wx-source': 'wx_client' },
        body: '{}',
      });
      expect(await login.json()).toMatchObject({ result: { ok: true } });
      it.child.kill(signal);
      expect(await it.exited).toBe(0);
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  test('says which port is in use and how to choose another, and leaves nothing running', async () => {
    const [taken, free] = [await takenPort(), await freePort()];
    const preview = start('--port', String(taken), '--cloud-port', String(free), '--data', dataDir);
    expect(await preview.exited).toBe(1);
    expect(preview.output().trim()).toMatch(/^Port \d+ is in use: .* --port\.$/);
    const cloud = start('--port', String(free), '--cloud-port', String(taken), '--data', dataDir);
    expect(await cloud.exited).toBe(1);
    expect(cloud.output().trim()).toMatch(/^Port \d+ is in use: .* --cloud-port\.$/);
    await expect(fetch(`http://127.0.0.1:${free}`)).rejects.toThrow();
  });

  test('refuses a data folder that another instance uses', async () => {
    const first = start(...FREE_PORTS, '--data', dataDir);
    await first.opened;
    const second = start(...FREE_PORTS, '--data', dataDir);
    expect(await second.exited).toBe(1);
    expect(second.output().trim()).toMatch(/ is in use by another local cloud: .* --data\.$/);
  });

  test('tries other ways in, and leaves what is deployed as it is', async () => {
    const deployed = `${root}/dist/miniprogram/config.js`;
    const before = await readFile(deployed, 'utf8');
    const ways = ['--sign-in-methods', 'wechat,password'];
    const it = run(...FREE_PORTS, '--data', dataDir, ...ways);
    const app = await (await fetch(`${await it.opened}/app.js`)).text();
    expect(app).toContain('wechat,password');
    const config = await readFile(
      `${root}/dist/trial/wechat-password/cloudfunctions/login/config.json`,
      'utf8',
    );
    expect(JSON.parse(config)).toMatchObject({
      envVariables: { SIGN_IN_METHODS: 'wechat,password' },
    });
    expect(await readFile(deployed, 'utf8')).toBe(before);
  });

  test('says that other ways in must be built first', async () => {
    const it = start(...FREE_PORTS, '--data', dataDir, '--sign-in-methods', 'password,wechat');
    expect(await it.exited).toBe(1);
    expect(it.output().trim()).toBe(
      'Nothing is built with password,wechat yet: leave out --no-build.',
    );
  });

  test('explains its options when one is wrong', async () => {
    const it = start('--prot', '5180');
    expect(await it.exited).toBe(2);
    expect(it.output()).toContain('Usage: npm start -- [--port 5180]');
  });

  test('shows another mini program, and writes nothing into it', async () => {
    const app = writeMiniprogram({ 'cloudfunctions/hello/index.js': 'exports.main = () => 1;' });
    const before = await readdir(app, { recursive: true });
    const it = run(...FREE_PORTS, '--data', dataDir, '--project', app, '--collection', 'books');
    const url = await it.opened;
    expect(it.output()).toContain('1 function in ');
    const settings: unknown = await (await fetch(`${url}/preview.json`)).json();
    expect(settings).toMatchObject({ project: { appid: 'touristappid' } });
    const collections: unknown = await (await fetch(`${url}/cloud/collections`)).json();
    expect(collections).toMatchObject({ collections: [{ name: 'books' }] });
    const hello = await fetch(`${url}/cloud/functions/hello`, { method: 'POST', body: '{}' });
    expect(await hello.json()).toMatchObject({ result: 1 });
    it.child.kill('SIGTERM');
    expect(await it.exited).toBe(0);
    expect(await readdir(app, { recursive: true })).toEqual(before);
  });

  test.each([
    [
      'a folder that is not there',
      2,
      ['--project', '/nowhere'],
      /^There is no folder \/nowhere\.$/,
    ],
    ['options of this project', 2, ['--project', '/', '--no-build'], /^--no-build is about/],
    ['options without a project', 2, ['--install'], /^--install needs --project\.$/],
    ['no name', 2, ['--project', '/', '--collection', '$a'], /^--collection must name/],
    ['no permission', 2, ['--project', '/', '--permission', 'a=X'], /^--permission a=X: /],
  ])('refuses %s, and starts nothing', async (_, code, args, sentence) => {
    const it = run(...FREE_PORTS, '--data', dataDir, ...args);
    expect(await it.exited).toBe(code);
    expect(it.output().split('\n')[0]).toMatch(sentence);
    expect(await readdir(dataDir)).toEqual([]);
  });
});
