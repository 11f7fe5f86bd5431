/** How the local cloud runs functions. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFixtureCloud, type FixtureCloud } from '../../../support/fixture-functions';
import { LIN as PERSON } from '../../../support/people';

const FUNCTIONS = {
  counter: {
    code: 'let count = 0; exports.main = async () => ({ count: ++count, pid: process.pid });',
  },
  slow: {
    code: `exports.main = async (event) => {
      await new Promise((resolve) => setTimeout(resolve, event.ms));
      return { pid: process.pid, openid: process.env.WX_OPENID };
    };`,
  },
  // Answers once `count` calls are under way.
  together: {
    code: `const { readdirSync, writeFileSync } = require('node:fs');
    exports.main = async ({ meetIn, count }) => {
      writeFileSync(meetIn + '/' + process.env.WX_OPENID, '');
      while (readdirSync(meetIn).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
      return { pid: process.pid, openid: process.env.WX_OPENID };
    };`,
    config: { timeout: 120 },
  },
  whoami: {
    code: `const cloud = require('wx-server-sdk');
      exports.main = (event, context) => ({
        event, wxContext: cloud.getWXContext(), environment: JSON.parse(context.environment),
      });`,
  },
  echo: { code: 'exports.main = (event) => ({ event });' },
  environment: {
    code: 'exports.main = () => process.env;',
    config: { envVariables: { COLOUR: 'red' } },
  },
  context: { code: 'exports.main = (event, context) => context;', config: { timeout: 7 } },
  throws: { code: `exports.main = async () => { throw new Error('out of cheese'); };` },
  exits: { code: 'exports.main = () => process.exit(3);' },
  uncaught: {
    code: `exports.main = () => new Promise(() => setTimeout(() => { throw new Error('late'); }, 0));`,
  },
  hangs: { code: 'exports.main = () => new Promise(() => {});', config: { timeout: 2 } },
  spins: { code: 'exports.main = () => { for (;;); };', config: { timeout: 1 } },
  broken: { code: `throw new Error('cannot start');` },
  mainless: { code: 'exports.handler = () => 1;' },
  silent: { code: 'exports.main = () => {};' },
  talks: {
    code: `exports.main = () => { console.log('one\\ntwo'); console.error('three'); return 1; };`,
  },
  clock: {
    code: 'exports.main = () => [Date.now(), new Date().getTime(), new Date(5).getTime()];',
  },
};

let cloud: FixtureCloud;

beforeAll(async () => {
  cloud = await openFixtureCloud(FUNCTIONS);
});
afterAll(() => cloud.close());
beforeEach(() => cloud.control({ reset: true }));

const LIN = { ...PERSON, unionid: 'u-lin' };

describe('an instance', () => {
  test('is kept warm and serves the next call', async () => {
    const first = await cloud.call('counter', LIN, {});
    expect(await cloud.lastCall()).toMatchObject({ cold: true });
    const second = await cloud.call('counter', LIN, {});
    expect(second).toEqual({ count: Number(first['count']) + 1, pid: first['pid'] });
    expect(await cloud.lastCall()).toMatchObject({ cold: false });
  });

  test('serves one call at a time: calls at once get instances of their own, and never mix', async () => {
    const callers = Array.from({ length: 5 }, (_, index) => `o-${index}`);
    const meetIn = await mkdtemp(join(tmpdir(), 'meet-'));
    const answers = await Promise.all(
      callers.map((openid) =>
        cloud.call('together', { openid }, { meetIn, count: callers.length }),
      ),
    );
    expect(answers.map(({ openid }) => openid)).toEqual(callers);
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(callers.length);
    await rm(meetIn, { recursive: true });
  });

  test('is not started beyond the cap: further calls wait their turn', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => cloud.call('slow', LIN, { ms: 10 })),
    );
    expect(new Set(answers.map(({ pid }) => pid)).size).toBeLessThanOrEqual(8);
  });

  test('that the platform ends costs the call under way, and the next starts cold', async () => {
    await cloud.call('counter', LIN, {});
    const answers: unknown[] = [];
    void cloud.callRaw('hangs', LIN, {}).then((answer) => answers.push(answer));
    // Until one of them meets the call on its instance.
    while (answers.length === 0) await cloud.control({ killInstances: true });
    expect(answers).toMatchObject([{ errCode: -504002 }]);
    expect(await cloud.call('counter', LIN, {})).toMatchObject({ count: 1 });
    expect(await cloud.lastCall()).toMatchObject({ cold: true });
  });

  test('of a function that was built again runs the new code', async () => {
    const file = join(cloud.functionsDir, 'echo', 'index.js');
    await cloud.call('echo', LIN, {});
    await writeFile(file, 'exports.main = () => ({ rebuilt: true });');
    await utimes(file, new Date(), new Date(Date.now() + 5_000));
    expect(await cloud.call('echo', LIN, {})).toEqual({ rebuilt: true });
    await writeFile(file, FUNCTIONS.echo.code);
    await utimes(file, new Date(), new Date(Date.now() + 10_000));
  });
});

describe('a function sees', () => {
  test('the caller as the platform tells it, in both places', async () => {
    const answer = await cloud.call('whoami', { ...LIN, source: 'wx_devtools' }, { a: 1 });
    expect(answer).toMatchObject({
      event: { a: 1, userInfo: { appId: 'wx-app', openId: LIN.openid } },
      wxContext: {
        OPENID: LIN.openid,
        APPID: 'wx-app',
        UNIONID: 'u-lin',
        ENV: 'local',
        SOURCE: 'wx_devtools',
      },
      environment: { WX_OPENID: LIN.openid, TCB_SOURCE: 'wx_devtools' },
    });
  });

  test('nothing of the caller before', async () => {
    await cloud.call('whoami', LIN, {});
    const answer = await cloud.call('whoami', { source: 'wx_trigger' }, {});
    expect(answer['wxContext']).toEqual({ ENV: 'local', SOURCE: 'wx_trigger' });
    expect(answer['event']).toEqual({});
  });

  test('the caller before, when the fault asks for it, but not in the context', async () => {
    await cloud.call('whoami', LIN, {});
    await cloud.control({ fault: { kind: 'staleIdentity' } });
    const answer = await cloud.call('whoami', {}, {});
    expect(answer['wxContext']).toMatchObject({ OPENID: LIN.openid });
    expect(answer['environment']).not.toHaveProperty('WX_OPENID');
  });

  test("only the platform's environment and that of its config.json", async () => {
    process.env['DEVELOPERS_SECRET'] = 'leak';
    const environment = await cloud.call('environment', LIN, {});
    expect(environment).toMatchObject({ COLOUR: 'red', TENCENTCLOUD_RUNENV: 'SCF' });
    expect(environment).not.toHaveProperty('DEVELOPERS_SECRET');
    expect(environment).not.toHaveProperty('HOME');
  });

  test("a context like the platform's", async () => {
    expect(await cloud.call('context', LIN, {})).toMatchObject({
      function_name: 'context',
      namespace: 'local',
      memory_limit_in_mb: 256,
      time_limit_in_ms: 7000,
      request_id: expect.any(String),
    });
  });

  test.each([null, 'text', 7, [1], true])('%j as it was sent', async (event) => {
    expect(await cloud.call('echo', LIN, event)).toEqual({ event });
  });

  test('the clock of the cloud', async () => {
    const [before] = (await cloud.call('clock', LIN, {})) as unknown as number[];
    await cloud.control({ advanceClockMs: 1_000_000_000 });
    const [now, constructed, fixed] = (await cloud.call('clock', LIN, {})) as unknown as number[];
    expect(Number(now) - Number(before)).toBeGreaterThanOrEqual(1_000_000_000);
    expect(Number(constructed) - Number(before)).toBeGreaterThanOrEqual(1_000_000_000);
    expect(fixed).toBe(5);
  });
});

describe('the caller is told', () => {
  const failure = async (name: string): Promise<unknown[]> => {
    const { errCode, errMsg } = await cloud.callRaw(name, LIN, {});
    return [errCode, errMsg];
  };

  test.each([
    ['throws', -504002, 'out of cheese'],
    ['exits', -504002, '3 code exit unexpected'],
    ['uncaught', -504002, 'Uncaught exception: Error: late'],
    ['hangs', -504003, 'Invoking task timed out after 2 seconds'],
    ['spins', -504003, 'Invoking task timed out after 1 seconds'],
    ['broken', -504002, 'cannot start'],
    ['mainless', -504002, 'exports no function "main"'],
    ['nowhere', -501000, 'FunctionName parameter could not be found'],
    ['..%2f..%2fetc', -501000, 'FunctionName parameter could not be found'],
  ])('when a function %s: %i', async (name, errCode, text) => {
    expect(await failure(name)).toEqual([errCode, expect.stringContaining(text)]);
  });

  test('nothing worse the next time: a crash costs one call', async () => {
    await failure('exits');
    await failure('spins');
    expect(await failure('exits')).toEqual([-504002, expect.any(String)]);
    expect(await cloud.call('echo', LIN, {})).toMatchObject({ event: {} });
  });

  test('null where there is no result', async () => {
    expect(await cloud.callRaw('silent', LIN, {})).toMatchObject({
      result: null,
      errMsg: 'cloud.callFunction:ok',
    });
  });
});

test('what a function prints is kept with its call, line by line', async () => {
  await cloud.call('talks', LIN, {});
  expect((await cloud.lastCall()).logs).toEqual(['one', 'two', 'three']);
});
