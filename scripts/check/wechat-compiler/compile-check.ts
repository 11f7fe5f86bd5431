/** The built mini program through the compiler behind WeChat DevTools, without a network. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { coloursOn } from '../../lib/colours';
import { CommandError } from '../../lib/command-error';
import { installTools } from '../../lib/install-tools';
import { text } from '../../lib/language';
import { closeAtEnd } from '../../lib/process-end';
import { showProgress } from '../../lib/progress';
import { makeTemporaryFolder } from '../../lib/temporary-folder';
import { root } from '../../project/root';
import type { CompileResult } from './compile-process';
import { WECHAT_COMPILER } from './tool';

/** @throws CommandError with what the compiler found */
export async function compileCheck(): Promise<void> {
  await installTools(WECHAT_COMPILER);
  const folder = await makeTemporaryFolder('compile-check-');
  const args = [WECHAT_COMPILER.dir, root, join(folder.path, 'compiled.zip')];
  const compiling = text({ zh: '正在用微信编译器编译', en: "Compiling with WeChat's compiler" });
  const result = await showProgress(compiling, () => compile(folder.path, args));
  await folder.remove();
  if (!result.ok) {
    const missed = text({ zh: '未通过', en: 'FAILED' });
    throw new CommandError(`${coloursOn(process.stderr).red(missed)} ${result.message}`);
  }
  const { green } = coloursOn(process.stdout);
  console.log(
    text({
      zh: `${green('通过')} 编译了 ${result.files} 个文件。`,
      en: `${green('ok')} ${result.files} files compiled.`,
    }),
  );
}

/** @param cwd where the compiler leaves an empty folder of its own */
function compile(cwd: string, args: readonly string[]): Promise<CompileResult> {
  return new Promise((resolve) => {
    const child = fork(`${__dirname}/compile-process.ts`, args, {
      cwd,
      execArgv: ['--import', pathToFileURL(createRequire(__filename).resolve('tsx')).href],
      silent: true,
    });
    const end = closeAtEnd(() => Promise.resolve(void child.kill('SIGKILL')));
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => void said.push(chunk.toString('utf8')));
    }
    child.on('message', (result: CompileResult) => {
      resolve(result);
      void end();
    });
    child.on('exit', () => {
      const message = text({
        zh: '编译器没有给出结果就退出了。',
        en: 'The compiler stopped without a result.',
      });
      resolve({ ok: false, message: `${message}\n${said.join('')}` });
    });
  });
}
