/** How a command ends: each case is a process of its own, which runs one command. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/project/root';
import { runFile, runsTypeScript, type ScriptResult } from '../../support/run-script';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-line-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Arguments of `node` that run a command with this action. */
function commandWith(action: string): string[] {
  const file = join(folder, 'command.ts');
  writeFileSync(
    file,
    `const { defineCommand, runCommand } = require('${root}/scripts/lib/command-line');
     const { CommandError, UsageError } = require('${root}/scripts/lib/command-error');
     const { interruption } = require('${root}/scripts/lib/interruption');
     const { runNode } = require('${root}/scripts/lib/run-tool');
     const command = defineCommand('try', 'Tries.').action(async () => { ${action} });
     const waitingTool = "console.log('waiting'); setTimeout(() => undefined, 600_000);";
     void runCommand(command, []);`,
  );
  return [...runsTypeScript, file];
}

const run = (action: string): Promise<ScriptResult> => runFile(commandWith(action), root);

/** Sends Ctrl-C once the command has said that it waits. */
async function interrupt(action: string): Promise<number | null> {
  const child = spawn(process.execPath, commandWith(action), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const [exitCode] = (await ended) as [number | null];
  return exitCode;
}

describe('a command', () => {
  test.each([
    ['that comes to its end succeeds', `return;`, 0],
    ['that sets an exit code ends with it', `process.exitCode = 3;`, 3],
    ['that has nothing left to wait for has failed', `await new Promise(() => undefined);`, 1],
  ])('%s', async (_, action, exitCode) => {
    expect(await run(action)).toMatchObject({ exitCode, output: '' });
  });

  test('that fails as expected says what to do, without a stack', async () => {
    const failed = await run(`throw new CommandError('Do it otherwise.');`);
    expect(failed).toMatchObject({ exitCode: 1, output: 'Do it otherwise.\n' });
  });

  test('that is used wrongly shows its usage', async () => {
    const { exitCode, output } = await run(`throw new UsageError('Not so.');`);
    expect(exitCode).toBe(2);
    expect(output).toContain('Not so.\n\nUsage: npm run try\n');
  });

  test('that has a bug shows its stack', async () => {
    const { exitCode, output } = await run(`throw new TypeError('a bug');`);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/TypeError: a bug\n\s+at /);
  });

  test.each([
    [`{ code: 'EACCES', syscall: 'open', path: '/a' }`, '(EACCES, open /a): look at its'],
    [`{ code: 'EPERM', syscall: 'rename', path: '/a', dest: '/b' }`, '(EPERM, rename /b): look at'],
    [`{ code: 'ENOSPC', syscall: 'write' }`, 'There is no room left on the disk (write).'],
  ])('that is refused a file says which, without a stack: %s', async (failure, sentence) => {
    const { exitCode, output } = await run(`throw Object.assign(new Error('no'), ${failure});`);
    expect(exitCode).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/\n\s+at /);
  });

  test('that is refused a port shows its stack', async () => {
    const { output } = await run(
      `throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'listen' });`,
    );
    expect(output).toMatch(/Error: no\n\s+at /);
  });

  test('that fails ends, whatever it has left open', async () => {
    const failed = await run(`setInterval(() => undefined, 1000); throw new CommandError('No.');`);
    expect(failed).toMatchObject({ exitCode: 1 });
  });
});

describe('Ctrl-C', () => {
  const WAIT = `console.log('waiting'); await new Promise((done) => setTimeout(done, 600_000));`;

  test('ends a command with 130', async () => {
    expect(await interrupt(WAIT)).toBe(130);
  });

  test('is left to a command that decides itself what it means', async () => {
    // A server would keep it running: listening for a signal does not.
    const serving = `setInterval(() => undefined, 600_000);`;
    const listening = `${serving} console.log('waiting'); await interruption(); process.exit(0);`;
    expect(await interrupt(listening)).toBe(0);
  });

  test('ends a command in which a library listens too', async () => {
    expect(await interrupt(`process.on('SIGINT', () => undefined); ${WAIT}`)).toBe(130);
  });

  test('lets the tool that is running finish, and ends with its exit code', async () => {
    const tool = `
      process.once('SIGINT', () => process.exit(7));
      console.log('waiting');
      setTimeout(() => undefined, 600_000);`;
    const options = `{ cwd: '.', output: 'inherit' }`;
    const running = `await runNode(['--eval', ${JSON.stringify(tool)}], ${options})`;
    expect(await interrupt(`process.exitCode = (${running}).exitCode;`)).toBe(7);
  });

  test('that ends a tool ends the command with 130', async () => {
    const tool = `console.log('waiting'); setTimeout(() => undefined, 600_000);`;
    const options = `{ cwd: '.', output: 'inherit' }`;
    const running = `await runNode(['--eval', ${JSON.stringify(tool)}], ${options})`;
    expect(await interrupt(`process.exitCode = (${running}).exitCode;`)).toBe(130);
  });

  test('that has broken what is loaded ends the command with 130', async () => {
    // As TypeScript is loaded: the error comes while the signal waits for the event loop's next turn.
    const { exitCode, output } = await run(`
      await require('node:fs/promises').stat('.');
      process.kill(process.pid, 'SIGINT');
      throw new Error('The service was stopped');`);
    expect({ exitCode, output }).toEqual({ exitCode: 130, output: '' });
  });

  test('that ends a tool begins nothing after it', async () => {
    const file = join(folder, 'went-on');
    const action = `
      await runNode(['--eval', waitingTool], { cwd: '.', output: 'inherit' });
      require('node:fs').writeFileSync(${JSON.stringify(file)}, '');`;
    expect(await interrupt(action)).toBe(130);
    expect(existsSync(file)).toBe(false);
  });

  test('that a tool takes for success ends the command with 130', async () => {
    const tool = `process.once('SIGINT', () => process.exit(0)); console.log('waiting');
      setTimeout(() => undefined, 600_000);`;
    const options = `{ cwd: '.', output: 'inherit' }`;
    const running = `await runNode(['--eval', ${JSON.stringify(tool)}], ${options})`;
    expect(await interrupt(`process.exitCode = (${running}).exitCode;`)).toBe(130);
  });
});
