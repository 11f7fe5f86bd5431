/** What a developer is told when a function fails: in the answer, in `/calls`, in the terminal. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../support/eventually';
import { openFixtureCloud, type FixtureCloud } from '../../../support/fixture-functions';
import { LIN } from '../../../support/people';

const CONFIG = { timeout: 60 };
const main = (body: string): string => `exports.main = async (event) => {\n  ${body}\n};`;

/** The code, what the answer and the log of the call say, and the line in the terminal. */
const FAILURES: Readonly<Record<string, readonly [code: string, text: string, line: string]>> = {
  throws: [
    main('null.x;'),
    "TypeError: Cannot read properties of null (reading 'x')\n    at exports.main (index.js:2:8)",
    "TypeError: Cannot read properties of null (reading 'x') (index.js:2:8)",
  ],
  rejects: [
    main("Promise.reject(new RangeError('far')); await new Promise(() => {});"),
    'Unhandled rejection: RangeError: far\n    at exports.main (index.js:2:18)',
    'Unhandled rejection: RangeError: far (index.js:2:18)',
  ],
  'rejects-plainly': [
    main('Promise.reject({ code: 7 }); await new Promise(() => {});'),
    'Unhandled rejection: {"code":7}',
    'Unhandled rejection: {"code":7}',
  ],
  'throws-later': [
    main("setTimeout(() => { throw new Error('late'); }); await new Promise(() => {});"),
    'Uncaught exception: Error: late\n    at Timeout._onTimeout (index.js:2:28)',
    'Uncaught exception: Error: late (index.js:2:28)',
  ],
  circular: [
    main('const a = {}; a.a = a; return a;'),
    "    --- property 'a' closes the circle\n    in the result of exports.main",
    'TypeError: Converting circular structure to JSON in the result of exports.main',
  ],
  bigint: [
    main('return { n: 1n };'),
    'TypeError: Do not know how to serialize a BigInt\n    in the result of exports.main',
    'TypeError: Do not know how to serialize a BigInt in the result of exports.main',
  ],
  getter: [
    main("return { get a() { throw new Error('no a'); } };"),
    'Error: no a\n    at get a [as a] (index.js:2:28)',
    'Error: no a (index.js:2:28) in the result of exports.main',
  ],
  exits: [
    main('process.exit(3);'),
    '3 code exit unexpected: process.exit(3) was called\n    at exports.main (index.js:2:11)',
    '3 code exit unexpected: process.exit(3) was called (index.js:2:11)',
  ],
  aborts: [
    main('process.abort();'),
    '134 code exit unexpected: process.abort() was called\n    at exports.main (index.js:2:11)',
    '134 code exit unexpected: process.abort() was called (index.js:2:11)',
  ],
  'is-killed': [
    main("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});"),
    'the process was ended by SIGKILL',
    'the process was ended by SIGKILL',
  ],
  'throws-null': [main('throw null;'), 'errMsg: null', 'null'],
  'throws-text': [main("throw 'out of cheese';"), 'errMsg: out of cheese', 'out of cheese'],
  'throws-object': [main('throw { code: 7 };'), 'errMsg: {"code":7}', '{"code":7}'],
  'throws-function': [main('throw () => 1;'), 'errMsg: [Function', '[Function (anonymous)]'],
  'without-stack': [
    main("throw Object.assign(new Error('bare'), { stack: undefined });"),
    'errMsg: Error: bare',
    'Error: bare',
  ],
  'stack-throws': [
    main("throw Object.defineProperty(new Error('m'), 'stack', { get() { throw 1; } });"),
    'errMsg: Error: m',
    'Error: m',
  ],
  'has-a-cause': [
    main("throw new Error('outer', { cause: new RangeError('inner') });"),
    'Error: outer\n[cause]: RangeError: inner\n    at exports.main (index.js:2:9)',
    'Error: outer (index.js:2:9)',
  ],
  'calls-back': [
    "exports.main = (event, context, callback) => {\n  callback(new Error('refused'));\n};",
    'Error: refused\n    at exports.main (index.js:2:12)',
    'Error: refused (index.js:2:12)',
  ],
  'misses-a-file': [
    "require('./util');",
    "Error: Cannot find module './util'\nRequire stack:\n- index.js\n    at Object.<anonymous> (index.js:1:1)",
    "Error: Cannot find module './util' (index.js:1:1)",
  ],
  'is-no-javascript': [
    'exports.main = () => {\n  const x = ;\n};',
    "index.js:2\n  const x = ;\n            ^\n\nSyntaxError: Unexpected token ';'",
    "SyntaxError: Unexpected token ';' (index.js:2)",
  ],
  'exits-at-once': [
    "console.log('loading');\nprocess.exit(2);",
    '2 code exit unexpected: process.exit(2) was called\n    at Object.<anonymous> (index.js:2:9)',
    '2 code exit unexpected: process.exit(2) was called (index.js:2:9)',
  ],
  // Once it was only said that the process had ended each time.
  'rejects-while-loading': [
    "Promise.reject(new RangeError('no settings'));\nexports.main = () => 1;",
    'Unhandled rejection: RangeError: no settings\n    at Object.<anonymous> (index.js:1:16)',
    'Unhandled rejection: RangeError: no settings (index.js:1:16)',
  ],
};

const OTHERS = {
  recurses: { code: 'const f = () => f(); exports.main = () => f();' },
  imports: { code: "import fs from 'fs';\nexport const main = () => 1;" },
  'misses-a-package': { code: "require('not-there/sub');" },
  // With the slash, the fixture does not put the real one in.
  'misses-the-sdk': { code: "require('wx-server-sdk/index.js');" },
  'has-no-main': { code: 'exports.handler = () => 1;' },
  'main-is-text': { code: "exports.main = 'main';" },
  'fails-between': {
    code: `let count = 0; exports.main = () => {
      setTimeout(() => { throw new Error('too late'); });
      return ++count;
    };`,
  },
  'exits-between': {
    code: 'let count = 0; exports.main = () => { setTimeout(() => process.exit(9)); return ++count; };',
  },
  talkative: {
    code: main("for (let n = 0; n < 2000; n++) console.log(n + 'x'.repeat(100)); process.exit(1);"),
  },
  orphan: {
    code: main("if (process.send) { process.send(null); process.send('ready'); } return 'alone';"),
  },
  'prints-late': { code: "exports.main = () => { setTimeout(() => console.log('later')); };" },
  parent: {
    code: main(
      "require('node:child_process').execSync('echo out; echo err >&2', { stdio: 'inherit' });",
    ),
    config: CONFIG,
  },
  'catches-all': {
    code: `process.on('uncaughtException', () => {});
    exports.main = async ({ end }) => {
      setTimeout(() => { throw new Error('caught'); });
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (end) process.kill(process.pid, 'SIGKILL');
      return 'still here';
    };`,
  },
};

let cloud: FixtureCloud;
const terminal: string[] = [];

beforeAll(async () => {
  const failing = Object.entries(FAILURES).map(([name, [code]]) => [
    name,
    { code, config: CONFIG },
  ]);
  cloud = await openFixtureCloud(
    { ...(Object.fromEntries(failing) as Record<string, { code: string }>), ...OTHERS },
    { onLog: (line) => terminal.push(line) },
  );
});
afterAll(() => cloud.close());
beforeEach(async () => {
  await cloud.control({ reset: true });
  terminal.length = 0;
});

/** Lines about others may still come from the test before. */
const printedOf = (name: string): string[] =>
  terminal.filter((line) => line.startsWith(`${name} `));

async function errMsgOf(name: string): Promise<string> {
  const answer = await cloud.callRaw(name, LIN, {});
  expect(answer).toMatchObject({ errCode: -504002 });
  expect(answer).not.toHaveProperty('result');
  return String(answer['errMsg']);
}

// Its message once ended the local cloud.
test('a function has no parent process to send to, as in the cloud', async () => {
  expect(await cloud.callRaw('orphan', LIN, {})).toMatchObject({ result: 'alone' });
});

describe('a function that', () => {
  test.each(Object.entries(FAILURES))('%s', async (name, [, text, line]) => {
    const errMsg = await errMsgOf(name);
    expect(errMsg).toContain('functions execute fail | errMsg: ');
    expect(errMsg).toContain(text);
    expect(errMsg).not.toMatch(/node:internal|function-runtime/);
    const { logs, ...call } = await cloud.lastCall();
    expect(call).toMatchObject({ outcome: 'error', errCode: -504002, errMsg });
    expect(logs.join('\n')).toContain(text.replace('errMsg: ', ''));
    expect(printedOf(name).filter((printed) => printed.startsWith(`${name} failed`))).toEqual([
      `${name} failed: -504002 ${line}`,
    ]);
  });
});

test('a function that calls itself without end is told where', async () => {
  const title = 'RangeError: Maximum call stack size exceeded';
  expect(await errMsgOf('recurses')).toContain(`${title}\n    at f (index.js:1:`);
  expect(printedOf('recurses')[0]).toContain(`recurses failed: -504002 ${title} (index.js:1:`);
});

describe('what to do about it is said', () => {
  test.each([
    ['misses-a-package', `run "npm install not-there" in `],
    ['misses-the-sdk', `run "npm install wx-server-sdk" in `],
    ['imports', 'write exports.main = ...'],
    ['has-no-main', 'index.js exports no function "main"'],
    ['main-is-text', 'index.js exports no function "main"'],
  ])('for a function that %s', async (name, advice) => {
    expect(await errMsgOf(name)).toContain(advice);
    expect(printedOf(name).at(-1)).toContain(advice);
  });

  test('for one whose package.json has it all, with its folder', async () => {
    const folder = `${cloud.functionsDir}/misses-the-sdk`;
    await cloud.write('misses-the-sdk/package.json', '{"dependencies":{"wx-server-sdk":"4"}}');
    expect(await errMsgOf('misses-the-sdk')).toContain(`run "npm install" in ${folder}`);
  });
});

describe('between two calls', () => {
  test.each([
    ['fails-between', 'Uncaught exception: Error: too late (index.js:2:32)'],
    ['exits-between', '9 code exit unexpected: process.exit(9) was called (index.js:1:64)'],
  ])('a function that %s costs no call, and the next starts cold', async (name, line) => {
    expect(await cloud.call(name, LIN, {})).toBe(1);
    await eventually(() => Promise.resolve(printedOf(name).length > 0));
    expect(printedOf(name)).toEqual([`${name} ended between two calls: ${line}`]);
    const { outcome, logs } = await cloud.lastCall();
    expect([outcome, logs[0]]).toEqual(['ok', line.replace(/ \(.*/, '')]);
    expect(await cloud.call(name, LIN, {})).toBe(1);
    expect(await cloud.lastCall()).toMatchObject({ cold: true });
  });

  test('what is printed is kept with the call before', async () => {
    await cloud.call('prints-late', LIN, {});
    await eventually(async () => (await cloud.lastCall()).logs.length > 0);
    expect((await cloud.lastCall()).logs).toEqual(['later']);
  });
});

describe('nothing is lost of', () => {
  test('what a function prints right before it ends', async () => {
    await errMsgOf('talkative');
    const { logs } = await cloud.lastCall();
    expect(logs.filter((line) => line.endsWith('x'))).toHaveLength(2000);
  });

  test('what it prints while it loads', async () => {
    await errMsgOf('exits-at-once');
    expect((await cloud.lastCall()).logs[0]).toBe('loading');
  });

  test('what its own processes print', async () => {
    await cloud.call('parent', LIN, {});
    expect((await cloud.lastCall()).logs.sort()).toEqual(['err', 'out']);
  });
});

test('a function may catch what is uncaught, as in the cloud', async () => {
  expect(await cloud.call('catches-all', LIN, {})).toBe('still here');
  expect(printedOf('catches-all')).toEqual([]);
  // Nor is it what ended the process in the end.
  const { errMsg } = await cloud.callRaw('catches-all', LIN, { end: true });
  expect(errMsg).toContain('the process was ended by SIGKILL');
});

test('a function that is not there is one line in the terminal too', async () => {
  await cloud.callRaw('nowhere', LIN, {});
  expect(printedOf('nowhere')).toEqual([
    'nowhere failed: -501000 FunctionName parameter could not be found',
  ]);
});
