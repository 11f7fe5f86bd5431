/** Runs JavaScript files with this Node, without a shell: any path and argument will do. */
import { spawn, type StdioOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { InterruptedError } from './command-error';
import { descendantsOf, signalAll } from './descendants';
import { npmCli } from './npm-cli.cjs';
import { decideOnSignals } from './process-end';

/** A command that a package of node_modules brings. */
export interface Tool {
  package: string;
  /** Default: the name of the package. */
  command?: string;
}

export interface RunOptions {
  /** The project's folder, in which the tool runs; its node_modules holds the package. */
  cwd: string;
  /** `inherit` shows what is printed as it comes, `stderr` there; `collect` keeps it for later. */
  output: 'inherit' | 'stderr' | 'collect';
  /**
   * In ms: killed when it has not ended so long after a signal, whose exit code counts then, whatever
   * it ends with. Default: it may finish.
   */
  endsWithin?: number;
}

export interface ToolResult {
  /** 128 plus the number of the signal, if one ended it. */
  exitCode: number;
  /** What was printed, if it was collected. */
  output: string;
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm takes no notice of signals while it downloads. */
const NPM_ENDS_MS = 2_000;

const STDIO: Readonly<Record<RunOptions['output'], StdioOptions>> = {
  inherit: 'inherit',
  stderr: ['inherit', 2, 2],
  collect: ['ignore', 'pipe', 'pipe'],
};

export function runTool(
  tool: Tool,
  args: readonly string[],
  options: RunOptions,
): Promise<ToolResult> {
  return runNode([toolFile(tool, options.cwd), ...args], options);
}

export function runNpm(args: readonly string[], options: RunOptions): Promise<ToolResult> {
  return runNode([npmCli(), ...args], { endsWithin: NPM_ENDS_MS, ...options });
}

/**
 * @param args a JavaScript file and its arguments
 * @throws InterruptedError when it ended after a signal: with its own exit code, unless that is 0 or
 * `endsWithin` is given
 */
export function runNode(
  args: readonly string[],
  { cwd, output, endsWithin }: RunOptions,
): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: STDIO[output],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    let interruptedBy: NodeJS.Signals | undefined;
    let patience: NodeJS.Timeout | undefined;
    let startedByIt: readonly number[] = [];
    // It may have something to finish, so it ends first.
    const passOn = (signal: NodeJS.Signals): void => {
      interruptedBy = signal;
      // Ctrl-C reaches them from the terminal.
      if (signal !== 'SIGINT' && child.pid !== undefined) startedByIt = descendantsOf(child.pid);
      if (endsWithin !== undefined) patience ??= setTimeout(killNow, endsWithin);
      if (isPassedOn(signal, process.platform)) child.kill(signal);
    };
    // The second Ctrl-C waits for nothing.
    const killNow = (): void => void child.kill('SIGKILL');
    const decided = decideOnSignals();
    for (const signal of PASSED_ON) process.on(signal, passOn);
    process.once('exit', killNow);
    child.on('error', reject);
    // Those that it leaves behind would run on, and hold what it prints to open.
    child.on('exit', () => {
      if (interruptedBy !== undefined) signalAll(startedByIt, interruptedBy);
    });
    child.on('close', (code, signal) => {
      decided();
      clearTimeout(patience);
      for (const each of PASSED_ON) process.off(each, passOn);
      process.off('exit', killNow);
      const exitCode = code ?? (signal === null ? 128 : exitCodeOf(signal));
      // On a terminal, the tool has got the signal too, and may have ended before it arrived here.
      const ended = interruptedBy ?? (exitCode === exitCodeOf('SIGINT') ? 'SIGINT' : undefined);
      if (ended === undefined)
        resolve({ exitCode, output: Buffer.concat(chunks).toString('utf8') });
      else {
        const isOfSignal = exitCode === 0 || endsWithin !== undefined;
        reject(new InterruptedError(isOfSignal ? exitCodeOf(ended) : exitCode));
      }
    });
  });
}

/**
 * On Windows `kill` ends a process at once, whichever signal it names; Ctrl-C has reached the child
 * by then, as it reaches all that run in a console.
 */
export function isPassedOn(signal: NodeJS.Signals, platform: NodeJS.Platform): boolean {
  return platform !== 'win32' || signal !== 'SIGINT';
}

function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** The file behind a command, as the package's package.json names it. */
function toolFile({ package: name, command }: Tool, root: string): string {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin?: string | Partial<Record<string, string>>;
  };
  const file = typeof bin === 'string' ? bin : bin?.[command ?? name];
  if (file === undefined) throw new Error(`${name} has no command ${command ?? name}`);
  return join(folder, file);
}
