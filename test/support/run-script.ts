import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { root } from '../../scripts/project/root';

/** Arguments of `node` with which it runs this project's TypeScript files. */
export const runsTypeScript = ['--require', resolve(__dirname, '../config/ts-hook.cjs')];

/** Arguments of `node` with which it runs an npm script, as `npm run NAME -- ...` does. */
export const runsScript = (name: string, ...args: readonly string[]): string[] => [
  ...runsTypeScript,
  `${root}/scripts/run.mjs`,
  name,
  ...args,
];

export interface ScriptResult {
  exitCode: number | null;
  /** What it printed to both streams. */
  output: string;
  stdout: string;
  stderr: string;
}

/** Runs an npm script to its end, without a terminal. */
export async function runScript(
  name: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<ScriptResult> {
  return runFile(runsScript(name, ...args), root, variables);
}

/**
 * Runs `node`, in English, with nothing of this machine's environment but its PATH and
 * `variables`.
 *
 * @param args of `node`
 */
export async function runFile(
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ScriptResult> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', LC_ALL: 'C', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { output: '', stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      texts.output += chunk.toString();
      texts[name] += chunk.toString();
    });
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, ...texts };
}
