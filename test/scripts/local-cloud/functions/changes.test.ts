/** Functions that change on the disk while the local cloud runs. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../../support/eventually';
import { openFixtureCloud, type FixtureCloud } from '../../../support/fixture-functions';
import { LIN } from '../../../support/people';

let cloud: FixtureCloud;

beforeAll(async () => {
  cloud = await openFixtureCloud({}, { collections: ['ticks'], timers: true });
});
afterAll(() => cloud.close());

const call = (name: string): Promise<unknown> => cloud.call(name, LIN, {});

const LONG_AGO = new Date(0);

/** Always with the same time: of files of one length only what they hold differs. */
async function writeUnseen(path: string, content: string): Promise<void> {
  await cloud.write(path, content);
  await utimes(join(cloud.functionsDir, path), LONG_AGO, LONG_AGO);
}

describe('a change counts at the next call: of', () => {
  test.each([
    ['the script itself', 'index.js', 'exports.main = () => 1;', 'exports.main = () => 2;'],
    ['a module beside it', 'util.js', 'module.exports = 1;', 'module.exports = 2;'],
    ['a module in a folder', 'lib/util.js', 'module.exports = 1;', 'module.exports = 2;'],
    ['a JSON file', 'data.json', '1', '2'],
  ])('%s', async (_, path, before, after) => {
    const name = `f-${path.replaceAll(/\W/g, '-')}`;
    await cloud.write(`${name}/index.js`, `exports.main = () => require('./${path}');`);
    await cloud.write(`${name}/${path}`, before);
    expect(await call(name)).toBe(1);
    await cloud.write(`${name}/${path}`, after);
    expect(await call(name)).toBe(2);
    expect(await cloud.lastCall()).toMatchObject({ cold: true });
    await writeUnseen(`${name}/${path}`, before);
    expect(await call(name)).toBe(1);
    await writeUnseen(`${name}/${path}`, after);
    expect(await call(name)).toBe(2);
    expect(await call(name)).toBe(2);
    expect(await cloud.lastCall()).toMatchObject({ cold: false });
  });

  test('a module that only a call requires', async () => {
    await cloud.write('lazy/index.js', "exports.main = () => require('../shared/late.js');");
    await cloud.write('shared/late.js', 'module.exports = 1;');
    expect(await call('lazy')).toBe(1);
    await cloud.write('shared/late.js', 'module.exports = 2;');
    expect(await call('lazy')).toBe(2);
  });

  test('a file that it reads while it loads', async () => {
    const code =
      "const text = require('fs').readFileSync('a.txt', 'utf8'); exports.main = () => text;";
    await cloud.write('reader/index.js', code);
    await cloud.write('reader/a.txt', 'one');
    expect(await call('reader')).toBe('one');
    await cloud.write('reader/a.txt', 'two');
    expect(await call('reader')).toBe('two');
  });

  test('a module that it imports', async () => {
    const code = "exports.main = async () => (await import('./part.mjs')).default;";
    await cloud.write('importer/index.js', code);
    await cloud.write('importer/part.mjs', 'export default 1;');
    expect(await call('importer')).toBe(1);
    await cloud.write('importer/part.mjs', 'export default 2;');
    expect(await call('importer')).toBe(2);
  });

  test('its timeout and its variables', async () => {
    const code = 'exports.main = (event, context) => [context.time_limit_in_ms, process.env.A];';
    await cloud.write('configured/index.js', code);
    expect(await call('configured')).toEqual([3000, null]);
    await cloud.write('configured/config.json', '{"timeout":20,"envVariables":{"A":"x"}}');
    expect(await call('configured')).toEqual([20_000, 'x']);
    await cloud.write('configured/config.json', '{"timeout":20,"envVariables":{"A":"y"}}');
    expect(await call('configured')).toEqual([20_000, 'y']);
    await rm(join(cloud.functionsDir, 'configured/config.json'));
    expect(await call('configured')).toEqual([3000, null]);
  });

  test('a package in node_modules, a moment later at most', async () => {
    await cloud.write('user/index.js', "exports.main = () => require('part');");
    await cloud.write('user/node_modules/part/index.js', 'module.exports = 1;');
    expect(await call('user')).toBe(1);
    await cloud.write('user/node_modules/part/index.js', 'module.exports = 2;');
    await eventually(async () => (await call('user')) === 2);
  });

  test('a package that is installed after the function failed', async () => {
    await cloud.write(
      'hopeful/index.js',
      "const part = require('part'); exports.main = () => part;",
    );
    expect(await cloud.callRaw('hopeful', LIN, {})).toMatchObject({ errCode: -504002 });
    await cloud.write('hopeful/node_modules/part/index.js', 'module.exports = 1;');
    expect(await call('hopeful')).toBe(1);
  });

  test('a package that it can do without, and that is installed later', async () => {
    const code = `let part = 0;
      try { part = require('part'); } catch { /* It is optional. */ }
      exports.main = () => part;`;
    await cloud.write('modest/index.js', code);
    await cloud.write('modest/node_modules/other/index.js', '');
    expect(await call('modest')).toBe(0);
    await cloud.write('modest/node_modules/part/index.js', 'module.exports = 1;');
    expect(await call('modest')).toBe(1);
  });
});

describe('a function', () => {
  test('that is added is there, and one that is removed is gone', async () => {
    expect(await cloud.callRaw('new', LIN, {})).toMatchObject({ errCode: -501000 });
    await cloud.write('new/index.js', 'exports.main = () => 1;');
    expect(await call('new')).toBe(1);
    await rm(join(cloud.functionsDir, 'new'), { recursive: true });
    expect(await cloud.callRaw('new', LIN, {})).toMatchObject({ errCode: -501000 });
    await cloud.write('new/index.js', 'exports.main = () => 2;');
    expect(await call('new')).toBe(2);
  });

  const DAY_MS = 86_400_000;
  const calls = async (): Promise<number> =>
    (await cloud.calls()).filter((one) => one.function === 'tick').length;

  test('that is added with a timer is called by it, until it is removed', async () => {
    const timer = { name: 'nightly', type: 'timer', config: '0 30 3 * * * *' };
    await cloud.write('tick/config.json', JSON.stringify({ triggers: [timer] }));
    await cloud.write('tick/index.js', 'exports.main = () => {};');
    await eventually(async () => {
      await cloud.control({ advanceClockMs: DAY_MS });
      return (await calls()) > 0;
    });
    await rm(join(cloud.functionsDir, 'tick/config.json'));
    await eventually(async () => {
      const before = await calls();
      await cloud.control({ advanceClockMs: DAY_MS });
      // A timer that is due calls before the answer to this comes.
      await eventually(async () => (await cloud.callsUnderWay()) === 0);
      return (await calls()) === before;
    });
  });
});
