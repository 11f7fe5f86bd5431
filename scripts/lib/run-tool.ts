/** Runs JavaScript files with this Node, without a shell: any path and argument will do. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { npmCli } from './npm-cli.cjs';

/** A command that a package of node_modules brings. */
export interface Tool {
  package: string;
  /** Default: the name of the package. */
  command?: string;
}

export interface RunOptions {
  /** The project's folder, in which the tool runs; its node_modules holds the package. */
  cwd: string;
  /** `inherit` shows what is printed as it comes; `collect` keeps it for later. */
  output: 'inherit' | 'collect';
}

export interface ToolResult {
  /** 128 plus the number of the signal, if one ended it. */
  exitCode: number;
  /** What was printed, if it was collected. */
  output: string;
}

export function runTool(
  tool: Tool,
  args: readonly string[],
  options: RunOptions,
): Promise<ToolResult> {
  return runNode([toolFile(tool, options.cwd), ...args], options);
}

export function runNpm(args: readonly string[], options: RunOptions): Promise<ToolResult> {
  return runNode([npmCli(), ...args], options);
}

/** @param args a JavaScript file and its arguments */
export function runNode(args: readonly string[], { cwd, output }: RunOptions): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    // It may have something to finish, so it ends first.
    const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGINT', passOn).on('SIGTERM', passOn);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn);
      resolve({
        exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
        output: Buffer.concat(chunks).toString('utf8'),
      });
    });
  });
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
