/** Ctrl-C, at each stage of a command, leaves no process and no temporary folder behind. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findChromium } from '../../../scripts/lib/browser';
import { makeFreshCopy, type FreshCopy } from '../../support/fresh-copy';
import { startInGroup, type InGroup } from '../../support/interrupted';
import { runFile, runsTypeScript } from '../../support/run-script';

let copy: FreshCopy;
beforeAll(async () => {
  copy = await makeFreshCopy();
  const built = await runFile(argsOf('build'), copy.dir, copy.environment);
  expect(built).toMatchObject({ exitCode: 0 });
});
afterAll(() => copy.remove());

const argsOf = (name: string, ...args: string[]): string[] => [
  ...runsTypeScript,
  'scripts/run.mjs',
  name,
  ...args,
];

const start = (name: string, ...args: string[]): InGroup =>
  startInGroup(argsOf(name, ...args), copy.dir, copy.environment);

const FREE_PORTS = ['--port', '0', '--cloud-port', '0'];

describe.each([
  ['building', ['build'], /Building/, 130],
  ['building before it serves', ['start', ...FREE_PORTS], /Building/, 130],
  ['serving', ['start', '--no-build', ...FREE_PORTS], /Open/, 0],
  ['serving the cloud', ['local-cloud', '--port', '0'], /ready on/, 0],
  ['measuring', ['bench:local-cloud'], /Measuring 1\//, 130],
] as const)('while %s', (_, [name, ...args], stage, exitCode) => {
  test('Ctrl-C', async () => {
    const running = start(name, ...args);
    await running.printed(stage);
    running.signal('SIGINT');
    const left = await running.ended();
    expect(left).toEqual({ exitCode, output: left.output, files: [] });
    expect(left.output).not.toMatch(/\n\s+at /);
  });

  test('a terminal that is closed', async () => {
    const running = start(name, ...args);
    await running.printed(stage);
    running.signal('SIGHUP');
    const left = await running.ended();
    expect(left).toMatchObject({ exitCode: exitCode === 0 ? 0 : 129, files: [] });
  });
});

(findChromium() === undefined ? test.skip : test)('while taking pictures', async () => {
  const running = start('screenshots', '--only', 'home-signed-out');
  await running.printed(/home-signed-out\.zh\.light\.png/);
  running.signal('SIGINT');
  expect(await running.ended()).toMatchObject({ exitCode: 130, files: [] });
});

test('a Ctrl-C that npm passes on after the terminal is one, not two', async () => {
  const running = start('start', '--no-build', ...FREE_PORTS);
  await running.printed(/Open/);
  running.signal('SIGINT');
  running.signalItself('SIGINT');
  expect(await running.ended()).toMatchObject({ exitCode: 0, files: [] });
});
