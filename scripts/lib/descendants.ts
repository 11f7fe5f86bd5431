import { spawnSync } from 'node:child_process';

/**
 * The processes that a process has started, those that they have, and so on, as they are now. Empty where
 * the system does not tell: on Windows, or without `ps`.
 */
export function descendantsOf(ancestor: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  // Without it there is no output at all.
  const pairs = ((stdout as string | null) ?? '').split('\n').map((line) => {
    const [pid = NaN, parent = NaN] = line.trim().split(/\s+/).map(Number);
    return { pid, parent };
  });
  const found = new Set([ancestor]);
  // A set goes on to what is added to it meanwhile.
  for (const one of found) {
    for (const { pid, parent } of pairs) if (parent === one) found.add(pid);
  }
  found.delete(ancestor);
  return [...found];
}

/** Those that have ended are passed over. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended.
    }
  }
}
