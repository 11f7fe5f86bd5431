import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { root } from '../../scripts/project/root';

/** Arguments of `node` with which it runs this project's TypeScript files. */
export const runsTypeScript = ['--require', resolve(__dirname, '../config/ts-hook.cjs')];

/** Runs one of the project's commands to its end, with nothing of this machine's environment but `variables`. */
export async function runScript(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; output: string }> {
  const child = spawn(process.execPath, [...runsTypeScript, `${root}/${file}`, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  }
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, output: said.join('') };
}
