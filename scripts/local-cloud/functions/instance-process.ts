/** Starts the process of an instance, and hears what it says and prints, in order. */
import { fork, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { FunctionFiles } from './function-files';
import { OUTPUT_FD, type InstanceMessage, type Sent } from './instance/messages';
import { orderOutput } from './instance-output';
import { nodeOptions } from './node-options';

const MAX_LAST_WORDS = 8_000;

export interface InstanceProcess {
  child: ChildProcess;
  /** What the process itself, or one of its own, wrote to stderr since it was last taken. */
  lastWords: { take(): string };
}

export function forkInstance(
  runtimeFile: string,
  { main, memoryMb, shownFolder, environment }: FunctionFiles,
  /** Of the platform. */
  variables: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
  onMessage: (message: InstanceMessage) => void,
): InstanceProcess {
  const child = fork(runtimeFile, [main, String(memoryMb), shownFolder], {
    cwd: dirname(main),
    // The developer's own environment is not passed on. The cloud's time zone is UTC.
    env: { TZ: 'UTC', ...variables, ...environment },
    execArgv: nodeOptions(memoryMb),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
  });
  const inOrder = orderOutput(child.stdio[OUTPUT_FD] as Readable, onLine);
  child.on('message', (message: Sent) => {
    inOrder.after(message.lines, () => onMessage(message));
  });
  // What its own processes print.
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', onLine);
  let words = '';
  child.stderr?.on('data', (data: Buffer) => {
    words = (words + data.toString()).slice(-MAX_LAST_WORDS);
  });
  return {
    child,
    lastWords: {
      take() {
        const taken = words;
        words = '';
        return taken;
      },
    },
  };
}
