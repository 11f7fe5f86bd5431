/** The built mini program through the compiler behind WeChat DevTools, without a network. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pc from 'picocolors';
import { CommandError } from '../../lib/command-error';
import { installTools } from '../../lib/install-tools';
import { root } from '../../project/root';
import type { CompileResult } from './compile-process';
import { WECHAT_COMPILER } from './tool';

/** @throws CommandError with what the compiler found */
export async function compileCheck(): Promise<void> {
  await installTools(WECHAT_COMPILER);
  const folder = await mkdtemp(join(tmpdir(), 'compile-check-'));
  const result = await compile(folder, [WECHAT_COMPILER.dir, root, join(folder, 'compiled.zip')]);
  await rm(folder, { recursive: true, maxRetries: 5 });
  if (!result.ok) throw new CommandError(`${pc.red('FAILED')} ${result.message}`);
  console.log(`${pc.green('ok')} ${result.files} files compiled.`);
}

/** @param cwd where the compiler leaves an empty folder of its own */
function compile(cwd: string, args: readonly string[]): Promise<CompileResult> {
  return new Promise((resolve) => {
    const child = fork(`${__dirname}/compile-process.ts`, args, {
      cwd,
      execArgv: ['--import', pathToFileURL(createRequire(__filename).resolve('tsx')).href],
      silent: true,
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => void said.push(chunk.toString('utf8')));
    }
    child.on('message', (result: CompileResult) => {
      resolve(result);
      child.kill();
    });
    child.on('exit', () => {
      resolve({ ok: false, message: `The compiler stopped without a result.\n${said.join('')}` });
    });
  });
}
