/** `npm run compile-check`: the built mini program through the compiler behind WeChat DevTools, without a network. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pc from 'picocolors';
import { build } from '../build';
import { parseOptions, runCommand } from '../lib/command-line';
import type { CompileResult } from '../check/wechat-compiler/compile-process';
import { installTools, WECHAT_COMPILER } from '../lib/install-tools';
import { root } from '../project/root';

async function main(args: readonly string[]): Promise<number> {
  parseOptions(args, {});
  await build();
  if (!(await installTools(WECHAT_COMPILER))) {
    console.error(
      'Installing failed: see the lines above. The npm registry must be reachable once.',
    );
    return 1;
  }
  const folder = await mkdtemp(join(tmpdir(), 'compile-check-'));
  const result = await compile(folder, [WECHAT_COMPILER.dir, root, join(folder, 'compiled.zip')]);
  await rm(folder, { recursive: true });
  if (result.ok) console.log(`${pc.green('ok')} ${result.files} files compiled.`);
  else console.error(`${pc.red('FAILED')} ${result.message}`);
  return result.ok ? 0 : 1;
}

/** @param cwd where the compiler leaves an empty folder of its own */
function compile(cwd: string, args: readonly string[]): Promise<CompileResult> {
  return new Promise((resolve) => {
    const child = fork(`${root}/scripts/check/wechat-compiler/compile-process.ts`, args, {
      cwd,
      execArgv: ['--import', pathToFileURL(require.resolve('tsx')).href],
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

void runCommand('npm run compile-check', main);
