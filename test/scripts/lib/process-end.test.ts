/** How a command ends that is interrupted, or whose output nobody takes. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isColoured, withoutColourSwitch } from '../../../scripts/lib/colours';
import { root } from '../../../scripts/project/root';
import { startInGroup } from '../../support/interrupted';
import { runFile, runsTypeScript } from '../../support/run-script';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'process-end-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const WAIT = `console.log('waiting'); await new Promise((done) => setTimeout(done, 600_000));`;

/** Arguments of `node` that run a command with this action, and an option --json. */
function commandWith(action: string, ...args: string[]): string[] {
  const file = join(folder, 'command.ts');
  writeFileSync(
    file,
    `const { defineCommand, runCommand } = require('${root}/scripts/lib/command-line');
     const { CommandError, UsageError } = require('${root}/scripts/lib/command-error');
     const { closeAtEnd } = require('${root}/scripts/lib/process-end');
     const { printJson } = require('${root}/scripts/lib/json-answer');
     const { showProgress } = require('${root}/scripts/lib/progress');
     const { makeTemporaryFolder } = require('${root}/scripts/lib/temporary-folder');
     const command = defineCommand('try', 'Tries.').option('--json', 'answers in JSON')
       .action(async () => { ${action} });
     void runCommand(command, process.argv.slice(2));`,
  );
  return [...runsTypeScript, file, ...args];
}

describe('what is open', () => {
  test('is closed before a signal ends the process, the latest first', async () => {
    const action = `
      for (const name of ['a', 'b']) closeAtEnd(async () => console.log('closed ' + name));
      await (await makeTemporaryFolder('kept-')).remove();
      await makeTemporaryFolder('left-');
      ${WAIT}`;
    const running = startInGroup(commandWith(action), folder);
    await running.printed(/waiting/);
    running.signal('SIGTERM');
    const left = await running.ended();
    expect(left.output).toBe('waiting\nclosed b\nclosed a\n');
    expect(left).toMatchObject({ exitCode: 143, files: [] });
  });

  test('is waited for where it is being closed already', async () => {
    const closing = `
      void closeAtEnd(async () => {
        await new Promise((done) => process.once('SIGINT', done));
        await new Promise((done) => setTimeout(done, 50));
        console.log('closed');
      })();`;
    const running = startInGroup(commandWith(closing + WAIT), folder);
    await running.printed(/waiting/);
    running.signal('SIGINT');
    expect(await running.ended()).toMatchObject({ exitCode: 130, output: 'waiting\nclosed\n' });
  });

  test('is not waited for by a second Ctrl-C', async () => {
    const never = `closeAtEnd(() => { console.log('closing'); return new Promise(() => undefined); });`;
    const running = startInGroup(commandWith(never + WAIT), folder);
    await running.printed(/waiting/);
    running.signal('SIGINT');
    await running.printed(/closing/);
    // Within half a second it is npm, which passes on the first one.
    const again = setInterval(() => running.signal('SIGINT'), 50);
    try {
      expect(await running.ended()).toMatchObject({ exitCode: 130 });
    } finally {
      clearInterval(again);
    }
  });

  test('is closed where the command fails', async () => {
    const action = `closeAtEnd(async () => console.log('closed')); throw new CommandError('No.');`;
    const failed = await runFile(commandWith(action), root);
    expect(failed).toMatchObject({ exitCode: 1, output: 'No.\nclosed\n', stderr: 'No.\n' });
  });
});

describe('a reader that has gone', () => {
  test('ends the command quietly, by the code of SIGPIPE', async () => {
    const action = `process.stdout.destroy(); process.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));${WAIT}`;
    const ended = await runFile(commandWith(action), root);
    expect(ended).toMatchObject({ exitCode: 141, stderr: '' });
  });

  (existsSync('/dev/full') ? test : test.skip)('and a full disk are no success', async () => {
    const args = commandWith(`console.log('all of it');`).map((arg) => `'${arg}'`);
    const script = `const { spawnSync } = require('node:child_process');
      const { status, stderr } = spawnSync('/bin/sh', ['-c', process.argv[1]]);
      console.log(status + ' ' + stderr);`;
    const line = `'${process.execPath}' ${args.join(' ')} > /dev/full`;
    const { output } = await runFile(['--eval', script, line], root);
    expect(output).toMatch(/^1 What is printed can't be written: ENOSPC/);
  });
});

describe('--json', () => {
  const parsed = async (action: string, ...args: string[]) => {
    const { exitCode, stdout, stderr } = await runFile(
      commandWith(action, '--json', ...args),
      root,
      { LC_ALL: 'zh_CN.UTF-8' },
    );
    return { exitCode, stderr, document: JSON.parse(stdout) as unknown };
  };

  test('is one document on stdout, whatever else is said', async () => {
    const action = `console.log('on the way'); printJson({ ok: true }); printJson({ ok: false });`;
    expect(await parsed(action)).toEqual({
      exitCode: 0,
      stderr: 'on the way\n',
      document: { ok: true },
    });
  });

  test.each([
    ['failure', 1, `throw new CommandError('No.');`, 'No.'],
    ['usage', 2, `throw new UsageError('Not so.');`, 'Not so.'],
    ['bug', 1, `throw new TypeError('a bug');`, 'a bug'],
  ])('says of a %s what it is, and ends with %i', async (kind, exitCode, action, message) => {
    const document = { version: 1, ok: false, error: { kind, message } };
    expect(await parsed(action)).toMatchObject({ exitCode, document });
  });

  test('says so of a wrong option too, in the language of the caller', async () => {
    expect(await parsed('', '--nonsense')).toMatchObject({
      exitCode: 2,
      document: { error: { kind: 'usage', message: '没有选项 --nonsense。' } },
    });
  });

  test('says that it was interrupted', async () => {
    const running = startInGroup(commandWith(WAIT, '--json'), folder);
    await running.printed(/waiting/);
    running.signal('SIGINT');
    const { exitCode, output } = await running.ended();
    expect(exitCode).toBe(130);
    expect(JSON.parse(output.replace('waiting\n', ''))).toMatchObject({
      error: { kind: 'interrupted' },
    });
  });
});

test('progress is a line on stderr each, where there is no terminal', async () => {
  const action = `await showProgress('One', async (say) => say('Two')); console.log('done');`;
  const { output, stderr } = await runFile(commandWith(action), root);
  expect(stderr).toBe('One ...\nTwo ...\n');
  expect(output).toContain('done\n');
});

describe('colours', () => {
  const terminal = { isTTY: true };
  test.each([
    [true, terminal, {}],
    [true, terminal, { NO_COLOR: '', TERM: 'xterm' }],
    [true, {}, { FORCE_COLOR: '1' }],
    [false, {}, {}],
    [false, {}, { CI: 'true' }],
    [false, terminal, { NO_COLOR: '1' }],
    [false, terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }],
    [false, terminal, { FORCE_COLOR: '0' }],
    [false, terminal, { TERM: 'dumb' }],
  ])('are %s on %j with %j', (expected, stream, variables) => {
    expect(isColoured(stream, variables)).toBe(expected);
  });

  test('are switched off by --no-color, for the tools too', () => {
    const { NO_COLOR, FORCE_COLOR } = process.env;
    try {
      expect(withoutColourSwitch(['a', '--no-color', 'b'])).toEqual(['a', 'b']);
      expect(process.env['NO_COLOR']).toBe('1');
      expect(process.env['FORCE_COLOR']).toBeUndefined();
    } finally {
      for (const [name, value] of Object.entries({ NO_COLOR, FORCE_COLOR })) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });
});
