/** Where the cloud is stricter than a developer's machine, functions are held to the cloud. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openFixtureCloud, type FixtureCloud } from '../../../support/fixture-functions';
import { LIN } from '../../../support/people';

const PATIENT = { timeout: 120 };
const runs = (value: string): { code: string; config: object } => ({
  code: `const fs = require('node:fs');
    exports.main = async ({ path, code }) => { ${value} };`,
  config: PATIENT,
});
const grows = (take: string): string => `exports.main = async ({ mb }) => {
  const taken = [];
  for (let n = 0; n < mb; n += 1) taken.push(${take});
  return taken.length;
};`;

const FUNCTIONS = {
  time: { code: 'exports.main = () => [new Date(2026, 0, 1).toISOString(), process.env.TZ];' },
  'time-at-home': {
    code: 'exports.main = () => new Date(2026, 0, 1).toISOString();',
    config: { envVariables: { TZ: 'Asia/Shanghai' } },
  },
  // Evaluates the code with a path, and gives the error.
  files: runs(`
    try {
      await new Function('fs', 'path', 'return (async () => ' + code + ')()')(fs, path);
      return 'done';
    } catch (error) {
      return { code: error.code, syscall: error.syscall, message: error.message };
    }`),
  folder: { code: 'exports.main = () => [process.cwd(), __dirname];' },
  reads: {
    code: "exports.main = () => require('node:fs').readFileSync('index.js', 'utf8').length;",
  },
  'from-a-module': {
    code: `exports.main = async () => {
      const { writeFile } = await import('node:fs/promises');
      return writeFile('a', '').catch(({ code }) => code);
    };`,
  },
  buffers: { code: grows('Buffer.alloc(2 ** 20, 1)'), config: PATIENT },
  objects: { code: grows('Array.from({ length: 2 ** 17 }, Math.random)'), config: PATIENT },
  garbage: {
    code: `exports.main = async ({ mb }) => {
      let last;
      for (let n = 0; n < mb; n += 1) last = Array.from({ length: 2 ** 17 }, Math.random);
      return last.length;
    };`,
    config: PATIENT,
  },
  'more-buffers': {
    code: grows('Buffer.alloc(2 ** 20, 1)'),
    config: { ...PATIENT, memorySize: 512 },
  },
  memory: {
    code: `exports.main = (event, context) => [
      context.memory_limit_in_mb,
      require('node:v8').getHeapStatistics().heap_size_limit < 2 ** 29,
    ];`,
    config: { memorySize: 512 },
  },
  nothing: { code: 'exports.main = () => {};' },
  'nothing-by-callback': { code: 'exports.main = (event, context, callback) => callback();' },
  'a-function': { code: 'exports.main = () => () => 1;' },
  'a-symbol': { code: "exports.main = () => Symbol('x');" },
  values: {
    code: `exports.main = () => ({
      none: undefined, date: new Date(0), nan: NaN, bytes: Buffer.from('a'), map: new Map([[1, 2]]),
    });`,
  },
  asks: {
    code: `const cloud = require('wx-server-sdk');
      cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
      exports.main = async ({ name }) => cloud.callFunction({ name, data: {} });`,
    config: PATIENT,
  },
  text: { code: "exports.main = ({ count }) => '\u00e9'.repeat(count);" },
  'wrong-config': { code: 'exports.main = () => 1;', config: { timeout: 'long' } },
  'is-right': { code: 'exports.main = () => 1;' },
};

let cloud: FixtureCloud;
const terminal: string[] = [];

beforeAll(async () => {
  cloud = await openFixtureCloud(FUNCTIONS, { onLog: (line) => terminal.push(line) });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

describe('the time zone of a function', () => {
  test('is UTC, whatever that of the machine is', async () => {
    expect(await cloud.call('time', LIN, {})).toEqual(['2026-01-01T00:00:00.000Z', 'UTC']);
  });

  test('is the one that its config.json sets', async () => {
    expect(await cloud.call('time-at-home', LIN, {})).toBe('2025-12-31T16:00:00.000Z');
  });
});

describe('the files of a function', () => {
  const attempt = (code: string, path: string): Promise<unknown> =>
    cloud.call('files', LIN, { code, path });
  const readOnly = (syscall: string, path: string): object => ({
    code: 'EROFS',
    syscall,
    message: `EROFS: read-only file system, ${syscall} '${path}'`,
  });

  test('are in its working folder, as in the cloud', async () => {
    const folder = join(cloud.functionsDir, 'folder');
    expect(await cloud.call('folder', LIN, {})).toEqual([folder, folder]);
    expect(await cloud.call('reads', LIN, {})).toBe(FUNCTIONS.reads.code.length);
  });

  test.each([
    ['fs.writeFileSync(path, "")', 'open'],
    ['fs.promises.writeFile(path, "")', 'open'],
    ['new Promise((ok, no) => fs.writeFile(path, "", (e) => e ? no(e) : ok()))', 'open'],
    ['fs.writeFileSync(Buffer.from(path), "")', 'open'],
    ['fs.appendFileSync(path, "")', 'open'],
    ['fs.openSync(path, "w")', 'open'],
    ['fs.openSync(path, "ax")', 'open'],
    ['fs.openSync(path, fs.constants.O_CREAT | fs.constants.O_RDWR)', 'open'],
    ['fs.promises.open(path, "w+")', 'open'],
    ['new Promise((ok, no) => fs.createWriteStream(path).on("error", no).on("open", ok))', 'open'],
    ['fs.mkdirSync(path)', 'mkdir'],
    ['fs.promises.mkdir(path, { recursive: true })', 'mkdir'],
    ['fs.mkdtempSync(path)', 'mkdtemp'],
  ])('cannot be made: %s', async (code, syscall) => {
    expect(await attempt(code, 'new')).toEqual(readOnly(syscall, 'new'));
    // Not in the folder of this project, which may itself lie in /tmp.
    const elsewhere = resolve('/new-file-of-a-function');
    expect(await attempt(code, elsewhere)).toEqual(readOnly(syscall, elsewhere));
    expect(await readdir(join(cloud.functionsDir, 'files'))).toEqual(['config.json', 'index.js']);
  });

  test.each([
    ['fs.openSync(path, "r+")', 'open'],
    ['fs.rmSync(path)', 'rm'],
    ['fs.promises.unlink(path)', 'unlink'],
    ['fs.truncateSync(path)', 'open'],
    ['fs.chmodSync(path, 0o600)', 'chmod'],
    ['fs.utimesSync(path, 1, 1)', 'utime'],
    ['fs.accessSync(path, fs.constants.W_OK)', 'access'],
  ])('cannot be changed: %s', async (code, syscall) => {
    expect(await attempt(code, 'config.json')).toEqual(readOnly(syscall, 'config.json'));
    expect(await readdir(join(cloud.functionsDir, 'files'))).toEqual(['config.json', 'index.js']);
  });

  test.each([
    ['fs.renameSync(path, "new")', 'rename', `'config.json' -> 'new'`],
    [
      'fs.renameSync(path, "/tmp/new-file-of-a-function")',
      'rename',
      `'config.json' -> '/tmp/new-file-of-a-function'`,
    ],
    ['fs.copyFileSync(path, "new")', 'copyfile', `'config.json' -> 'new'`],
    ['fs.cpSync(path, "new")', 'cp', `'config.json' -> 'new'`],
    ['fs.linkSync(path, "new")', 'link', `'config.json' -> 'new'`],
    ['fs.symlinkSync(path, "new")', 'symlink', `'config.json' -> 'new'`],
  ])('cannot be given another place: %s', async (code, syscall, paths) => {
    expect(await attempt(code, 'config.json')).toEqual({
      code: 'EROFS',
      syscall,
      message: `EROFS: read-only file system, ${syscall} ${paths}`,
    });
  });

  test.each([
    ['fs.writeFileSync(path, "")', 'no/such/folder', 'ENOENT'],
    ['fs.unlinkSync(path)', 'nothing', 'ENOENT'],
    ['fs.mkdirSync(path)', 'no/such/folder', 'ENOENT'],
    ['fs.mkdirSync(path)', '.', 'EEXIST'],
    ['fs.renameSync(path, "new")', 'nothing', 'ENOENT'],
  ])('fail for what comes first: %s of %s', async (code, path, expected) => {
    expect(await attempt(code, path)).toMatchObject({ code: expected });
  });

  test.each(['fs.mkdirSync(path, { recursive: true })', 'fs.accessSync(path, fs.constants.R_OK)'])(
    'do not fail where nothing would change: %s',
    async (code) => {
      expect(await attempt(code, '.')).toBe('done');
    },
  );

  test('cannot be reached by a link from the temporary folder', async () => {
    const code = `{
      const folder = fs.mkdtempSync('/tmp/link-');
      fs.symlinkSync(process.cwd(), folder + '/here');
      try {
        fs.writeFileSync(folder + '/here/new', '');
      } finally {
        fs.rmSync(folder, { recursive: true });
      }
    }`;
    expect(await attempt(code, '')).toMatchObject({ code: 'EROFS' });
  });

  test('can be written below /tmp, in every way', async () => {
    const code = `{
      const folder = await fs.promises.mkdtemp('/tmp/own-');
      fs.writeFileSync(folder + '/a', 'a');
      fs.appendFileSync(folder + '/a', 'b');
      fs.copyFileSync('index.js', folder + '/c');
      fs.renameSync(folder + '/a', folder + '/b');
      await new Promise((ok, no) =>
        fs.createWriteStream(folder + '/d').on('error', no).end('d', ok));
      const text = fs.readFileSync(folder + '/b', 'utf8') + fs.readFileSync(folder + '/d', 'utf8');
      fs.rmSync(folder, { recursive: true });
      if (text !== 'abd') throw new Error(text);
    }`;
    expect(await attempt(code, '')).toBe('done');
  });

  test('are the same for a function that imports them', async () => {
    expect(await cloud.call('from-a-module', LIN, {})).toBe('EROFS');
  });
});

describe('the memory of a function', () => {
  const exceeded = (mb: number): object => ({
    errCode: -504002,
    errMsg: expect.stringContaining(
      `FUNCTIONS_MEMORY_LIMIT_EXCEEDED: the function took more than its ${mb} MB of memory`,
    ),
  });

  test.each([
    ['buffers', 300],
    ['objects', 300],
    // It never gives anybody else a turn.
    ['buffers', Infinity],
    ['objects', Infinity],
  ])('is limited to 256 MB: %s, %d MB', async (name, mb) => {
    const many = mb === Infinity ? 1e9 : mb;
    expect(await cloud.callRaw(name, LIN, { mb: many })).toMatchObject(exceeded(256));
    expect(await cloud.call(name, LIN, { mb: 1 })).toBe(1);
    expect(await cloud.lastCall()).toMatchObject({ cold: true });
  });

  test('is not exceeded by what it no longer needs', async () => {
    expect(await cloud.call('garbage', LIN, { mb: 1000 })).toBe(2 ** 17);
  });

  test('is what its config.json asks for', async () => {
    expect(await cloud.call('more-buffers', LIN, { mb: 300 })).toBe(300);
    expect(await cloud.callRaw('more-buffers', LIN, { mb: 600 })).toMatchObject(exceeded(512));
    expect(await cloud.call('memory', LIN, {})).toEqual([512, true]);
  });
});

describe('the result of a function', () => {
  test.each(['nothing', 'nothing-by-callback', 'a-function', 'a-symbol'])(
    'that answers %s is null: to a phone, to a function, over HTTP',
    async (name) => {
      expect(await cloud.callRaw(name, LIN, {})).toHaveProperty('result', null);
      expect(await cloud.call('asks', LIN, { name })).toHaveProperty('result', null);
      expect(await (await fetch(`${cloud.url}/http/${name}/`)).text()).toBe('null');
    },
  );

  test('is what JSON makes of it', async () => {
    expect(await cloud.call('values', LIN, {})).toEqual({
      date: '1970-01-01T00:00:00.000Z',
      nan: null,
      bytes: { type: 'Buffer', data: [97] },
      map: {},
    });
  });

  test('is measured in bytes, not in characters', async () => {
    const fits = 3 * 1024 * 1024 - 1;
    expect(await cloud.call('text', LIN, { count: fits })).toHaveLength(fits);
    expect(await cloud.callRaw('text', LIN, { count: fits + 1 })).toMatchObject({
      errCode: -504002,
      errMsg: expect.stringContaining('The size of response exceeds the upper limit (6MB)'),
    });
  });
});

describe('a config.json that is wrong', () => {
  test('puts its function out, and no other', async () => {
    expect(await cloud.callRaw('wrong-config', LIN, {})).toMatchObject({
      errCode: -504002,
      errMsg: expect.stringContaining('wrong-config/config.json:1:12: "timeout" must be'),
    });
    expect(await cloud.call('is-right', LIN, {})).toBe(1);
  });

  test('is one line in the terminal at the start', () => {
    expect(terminal[0]).toMatch(/^wrong-config can't run: .*config\.json:1:12: "timeout" must be/);
  });

  test('no longer counts when it is mended', async () => {
    await cloud.write('wrong-config/config.json', '{ "timeout": 20 }');
    expect(await cloud.call('wrong-config', LIN, {})).toBe(1);
  });
});
