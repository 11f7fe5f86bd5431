/** The local cloud in a process of its own, as people run it, on a free port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { closeAtEnd } from '../lib/process-end';
import { makeTemporaryFolder } from '../lib/temporary-folder';
import { root } from '../project/root';

export interface LocalCloudProcess {
  url: string;
  pid: number;
  /** From the start of the process to the line that it is ready. */
  readyMs: number;
  /** Resident memory in MiB. */
  memoryMiB(): number;
  close(): Promise<void>;
}

/**
 * @param dataDir kept; without it a new folder that is removed
 * @param options more of the command
 */
export async function startLocalCloud(
  dataDir?: string,
  options: readonly string[] = [],
): Promise<LocalCloudProcess> {
  const temporary = dataDir === undefined ? await makeTemporaryFolder('bench-') : undefined;
  const folder = dataDir ?? temporary?.path ?? '';
  const startedAt = performance.now();
  const command = [`${root}/scripts/run.mjs`, 'local-cloud', '--port', '0', '--data', folder];
  const args = [...command, ...options];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = closeAtEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  const url = await readyUrl(child);
  return {
    url,
    pid: child.pid ?? 0,
    readyMs: performance.now() - startedAt,
    memoryMiB: () => residentMiB(child),
    async close() {
      await end();
      await temporary?.remove();
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const [, url] = /ready on (\S+)/.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the local cloud ended: ${printed}`)));
  });
}

/** Linux only; elsewhere NaN. */
function residentMiB({ pid }: ChildProcess): number {
  try {
    const [, pages] = readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ');
    return (Number(pages) * 4_096) / 1024 ** 2;
  } catch {
    return NaN;
  }
}
