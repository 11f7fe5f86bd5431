/**
 * `npm run upload` and `npm run compile-check` with a miniprogram-ci that answers or waits, as the
 * test says: the real one has 276 MB. They end as they should, and leave nothing.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WECHAT_COMPILER } from '../../../scripts/check';
import { fingerprintOfTools } from '../../../scripts/lib/install-tools';
import { makeFreshCopy, type FreshCopy } from '../../support/fresh-copy';
import { startInGroup } from '../../support/interrupted';
import { eventually } from '../../support/eventually';
import { runFile, runsTypeScript, type ScriptResult } from '../../support/run-script';

/** Each is called with what WeChat's would be, and does what CI_DOES says. */
const CI = `
const { writeFileSync } = require('node:fs');
const act = async () => {
  writeFileSync(process.env.CI_CALLED, process.cwd());
  if (process.env.CI_DOES === 'wait') {
    setInterval(() => undefined, 1_000_000);
    await new Promise(() => undefined);
  }
  if (process.env.CI_DOES === 'refuse') throw new Error('{"errCode":-10008,"errMsg":"invalid ip"}');
  // As after a real upload, something stays open.
  setInterval(() => undefined, 1_000_000);
  return { subPackageInfo: [], 'app.js': '' };
};
class Project { constructor(options) { this.options = options; } }
module.exports = { Project, upload: act, preview: act, getCompiledResult: act };
`;

let copy: FreshCopy;
let called: string;

beforeAll(async () => {
  copy = await makeFreshCopy();
  called = join(dirname(copy.dir), 'called');
  edit('project.config.json', 'touristappid', 'wx0123456789abcdef');
  edit('miniprogram/config.ts', 'your-env-id', 'prod-1g2h3i');
  writeFileSync(join(copy.dir, 'private.wx0123456789abcdef.key'), 'a key');
  expect(await run('build')).toMatchObject({ exitCode: 0 });
  const tools = join(copy.dir, 'node_modules/.cache/compile-check');
  mkdirSync(join(tools, 'node_modules/miniprogram-ci'), { recursive: true });
  writeFileSync(join(tools, 'node_modules/miniprogram-ci/index.js'), CI);
  writeFileSync(join(tools, 'package.json'), '{}');
  const { fromDir } = WECHAT_COMPILER;
  writeFileSync(join(tools, '.installed-from'), await fingerprintOfTools(fromDir));
});
afterAll(() => copy.remove());
beforeEach(() => rmSync(called, { force: true }));

function edit(file: string, from: string, to: string): void {
  const path = join(copy.dir, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}

const argsOf = (name: string, ...args: string[]): string[] => [
  ...runsTypeScript,
  ...['scripts/run.mjs', name, ...args],
];

const run = (name: string, does = '', ...args: string[]): Promise<ScriptResult> =>
  runFile(argsOf(name, ...args), copy.dir, environment(does));

const environment = (does: string) => ({
  ...copy.environment,
  ...{ CI_DOES: does, CI_CALLED: called },
});

describe.each(['upload', 'compile-check'])('npm run %s', (name) => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('leaves nothing at %s', async (signal, exitCode) => {
    const running = startInGroup(argsOf(name), copy.dir, environment('wait'));
    await eventually(() => Promise.resolve(existsSync(called)));
    running.signal(signal);
    const left = await running.ended();
    expect(left).toMatchObject({ exitCode, files: [] });
    expect(left.output).not.toMatch(/\n\s+at /);
  });
});

describe('npm run upload', () => {
  test('that WeChat refuses fails, with what to do', async () => {
    const { exitCode, stderr } = await run('upload', 'refuse');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('IP白名单');
  });

  test('that is done ends with 0, whatever of it stays open', async () => {
    const { exitCode, stdout } = await run('upload');
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('is uploaded');
  });

  (existsSync('/dev/full') ? test : test.skip)('that could not say so has failed', async () => {
    const line = `exec "$0" ${argsOf('upload')
      .map((arg) => `'${arg}'`)
      .join(' ')} > /dev/full`;
    const script = `const { spawnSync } = require('node:child_process');
      const { status, stderr } = spawnSync('/bin/sh', ['-c', process.argv[1], process.execPath]);
      console.log(status + ' ' + stderr);`;
    const { output } = await runFile(['--eval', script, line], copy.dir, environment(''));
    expect(output).toMatch(/^1 (.*\n)*What is printed can't be written: ENOSPC/);
  });
});

test('a compiler that refuses fails the check', async () => {
  const { exitCode, stderr } = await run('compile-check', 'refuse');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('FAILED');
});
