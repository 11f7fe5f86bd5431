/** A command in a process group of its own, as a terminal starts it, and what it leaves behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';

/** Caches of tsx and Node, and what Chromium keeps at home: meant to stay. */
const KEPT = /^(tsx-\d+|node-compile-cache|home)$/;

export interface Leftovers {
  exitCode: number | null;
  output: string;
  /** In the temporary folder that it had for itself. */
  files: string[];
}

export interface InGroup {
  readonly output: () => string;
  /** Resolves once it has printed this. @throws Error with what it printed, if it ends before */
  printed(pattern: RegExp): Promise<void>;
  /** To all of its group, as a terminal does. */
  signal(signal: NodeJS.Signals): void;
  /** To the one process, as npm does. */
  signalItself(signal: NodeJS.Signals): void;
  /** Resolves when it, and every process that it has started, has ended. */
  ended(): Promise<Leftovers>;
}

/** @param args of `node` */
export function startInGroup(
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): InGroup {
  const temporary = mkdtempSync(join(tmpdir(), 'i-'));
  mkdirSync(join(temporary, 'home'));
  const child = spawn(process.execPath, args, {
    cwd,
    detached: true,
    env: {
      ...{ PATH: process.env['PATH'] ?? '', NO_COLOR: '1', LC_ALL: 'C' },
      ...{ TMPDIR: temporary, HOME: join(temporary, 'home') },
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const guard = guardGroup(pidOf(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      child.emit('printed');
    });
  }
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    output: () => output,
    async printed(pattern) {
      while (!pattern.test(output)) {
        await Promise.race([
          once(child, 'printed'),
          closed.then(() => {
            if (!pattern.test(output)) throw new Error(`it has ended: ${output}`);
          }),
        ]);
      }
    },
    signal: (signal) => void process.kill(-pidOf(child), signal),
    signalItself: (signal) => void child.kill(signal),
    async ended() {
      const [exitCode] = await closed;
      await eventually(() => Promise.resolve(!groupLives(pidOf(child))));
      guard.kill();
      const files = readdirSync(temporary).filter((name) => !KEPT.test(name));
      rmSync(temporary, { recursive: true });
      return { exitCode, output, files };
    },
  };
}

/**
 * Ctrl-C in `npm test` reaches Jest's group, and not this one: it ends when the process of the test
 * does, whose end closes the pipe.
 */
function guardGroup(group: number): ChildProcess {
  const kill = `process.stdin.resume().on('end', () => {
    try { process.kill(-${group}, 'SIGKILL'); } catch {}
  });`;
  const guard = spawn(process.execPath, ['--eval', kill], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return guard;
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('it was not started');
  return pid;
}

function groupLives(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
