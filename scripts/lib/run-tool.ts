import { spawn } from 'node:child_process';

export interface CommandResult {
  exitCode: number;
  output: string;
}

/**
 * Runs a tool of node_modules/.bin in the project's root.
 *
 * @param output `inherit` shows it as it comes; `collect` keeps it for later.
 */
export function runTool(
  tool: string,
  args: readonly string[],
  output: 'inherit' | 'collect',
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    // npm puts node_modules/.bin on the PATH of every script; on Windows the tools there are .cmd files.
    const windows = process.platform === 'win32';
    const child = spawn(windows ? `${tool}.cmd` : tool, args, {
      shell: windows,
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}
