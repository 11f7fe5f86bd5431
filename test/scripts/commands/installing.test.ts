/** Dependencies are whole or not there: Ctrl-C while npm installs them, and what comes after it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFreshCopy, type FreshCopy } from '../../support/fresh-copy';
import { startInGroup, type InGroup } from '../../support/interrupted';
import { runFile, runsTypeScript } from '../../support/run-script';

let copy: FreshCopy;
beforeEach(async () => {
  copy = await makeFreshCopy();
});
afterEach(() => copy.remove());

const argsOf = (...args: string[]): string[] => [...runsTypeScript, 'scripts/run.mjs', ...args];
const install = () => runFile(argsOf('--help'), copy.dir, copy.environment);
const stamp = (): string => join(copy.dir, 'node_modules/.installed-from');

const DIES = '';
const IGNORES = `
  const goOn = () => setInterval(() => console.log('npm goes on'), 10);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, goOn).on(signal, () => {});
`;
const FAILS = `process.on('SIGINT', () => process.exit(1));`;

/** An npm that has done half of its work, and waits for the rest. @param onSignal its listeners */
function startSlowly(onSignal: string, ...args: string[]): InGroup {
  const cli = join(dirname(copy.dir), 'slow/npm-cli.js');
  mkdirSync(dirname(cli));
  writeFileSync(
    cli,
    `${onSignal}
     const { mkdirSync, renameSync } = require('node:fs');
     mkdirSync('node_modules/half', { recursive: true });
     if (require('node:fs').existsSync('node_modules/commander'))
       renameSync('node_modules/commander', 'node_modules/.gone');
     console.log('half of it is there');
     setInterval(() => undefined, 1_000_000);`,
  );
  return startInGroup(argsOf(...args), copy.dir, { ...copy.environment, npm_execpath: cli });
}

test.each([
  ['Ctrl-C', 130, DIES, (running: InGroup) => running.signal('SIGINT')],
  ['a request to it alone', 143, DIES, (running: InGroup) => running.signalItself('SIGTERM')],
  ['a closed terminal', 129, DIES, (running: InGroup) => running.signal('SIGHUP')],
  ['Ctrl-C, of which npm takes no notice,', 130, IGNORES, (it: InGroup) => it.signal('SIGINT')],
  ['a request, of which it takes none,', 143, IGNORES, (it: InGroup) => it.signalItself('SIGTERM')],
])('%s ends npm too, and the next command begins anew', async (_, exitCode, onSignal, end) => {
  const running = startSlowly(onSignal, 'build');
  await running.printed(/half of it/);
  end(running);
  if (onSignal === IGNORES) await running.printed(/Interrupted\.\n[^]*npm goes on/);
  const left = await running.ended();
  expect(left).toMatchObject({ exitCode, files: [] });
  expect(left.output).not.toMatch(/Installing failed|\n\s+at /);
  expect(left.output.match(/Interrupted/g)).toHaveLength(1);
  expect(existsSync(stamp())).toBe(false);
  const next = await install();
  expect(next).toMatchObject({ exitCode: 0 });
  expect(next.stderr).toContain('Installing dependencies');
});

test('what was whole, and is installed anew by halves, is not taken for whole again', async () => {
  expect(await install()).toMatchObject({ exitCode: 0 });
  const lockfile = join(copy.dir, 'package-lock.json');
  const before = readFileSync(lockfile);
  appendFileSync(lockfile, '\n');
  const running = startSlowly(DIES, 'build');
  await running.printed(/half of it/);
  running.signal('SIGINT');
  expect(await running.ended()).toMatchObject({ exitCode: 130 });
  writeFileSync(lockfile, before);
  expect(await install()).toMatchObject({ exitCode: 0 });
});

test.each([
  ['ends by it', DIES],
  ['takes no notice of it', IGNORES],
  ['says that it has failed', FAILS],
])('Ctrl-C while a command installs what it needs, by an npm that %s', async (_, onSignal) => {
  expect(await install()).toMatchObject({ exitCode: 0 });
  const lacking = join(copy.dir, 'functions/lacking');
  mkdirSync(lacking, { recursive: true });
  writeFileSync(join(lacking, 'index.js'), `require('not-there');`);
  writeFileSync(join(lacking, 'package.json'), '{ "dependencies": { "not-there": "1.0.0" } }');
  const args = ['local-cloud', '--port', '0', '--functions', 'functions', '--install'];
  const running = startSlowly(onSignal, ...args);
  await running.printed(/half of it/);
  running.signal('SIGINT');
  const left = await running.ended();
  expect(left).toMatchObject({ exitCode: 130, files: [] });
  expect(left.output).not.toContain('ready on');
});

test('a program that waits for JSON is told, and reads nothing of npm', async () => {
  const cli = join(dirname(copy.dir), 'broken/npm-cli.js');
  mkdirSync(dirname(cli));
  writeFileSync(cli, `console.log('npm says something'); process.exit(1);`);
  const environment = { ...copy.environment, npm_execpath: cli };
  const { exitCode, stdout } = await runFile(argsOf('doctor', '--json'), copy.dir, environment);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, ok: false, error: { kind: 'failure' } });
});
