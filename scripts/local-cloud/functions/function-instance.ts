/** An instance of a function: a process that serves one call at a time. */
import { fork, type ChildProcess } from 'node:child_process';
import type { FunctionFiles } from './function-files';
import type { InstanceMessage, InvokeMessage } from './instance-messages';

export type InstanceOutcome =
  | { kind: 'returned'; result: unknown }
  | { kind: 'threw'; message: string }
  | { kind: 'timedOut' }
  /** The process ended before it answered. */
  | { kind: 'crashed'; message: string };

export interface FunctionInstance {
  readonly id: number;
  /** The modification time of its script, epoch milliseconds. */
  readonly builtAt: number;
  readonly alive: boolean;
  invoke(
    message: InvokeMessage,
    timeoutMs: number,
    onLog: (line: string) => void,
  ): Promise<InstanceOutcome>;
  kill(): Promise<void>;
}

/** @param runtimeFile the bundled `instance-main` */
export function startInstance(
  id: number,
  runtimeFile: string,
  files: FunctionFiles,
  environment: Readonly<Record<string, string>>,
): FunctionInstance {
  const child = fork(runtimeFile, [files.main], {
    // The developer's own environment is not passed on.
    env: { ...environment, ...files.environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(
        signal === null
          ? `the process exited with code ${code}`
          : `the process was ended by ${signal}`,
      ),
    );
  });
  let alive = true;
  void exited.then(() => (alive = false));
  const ready = firstMessage(
    child,
    (message) => message.type === 'ready' || message.type === 'broken',
  );

  return {
    id,
    builtAt: files.builtAt,
    get alive() {
      return alive;
    },
    async invoke(message, timeoutMs, onLog) {
      const crashed = exited.then((message): InstanceOutcome => ({ kind: 'crashed', message }));
      const started = await Promise.race([ready, exited]);
      if (typeof started === 'string') return crashed;
      if (started.type === 'broken') {
        await killed(child, exited);
        return { kind: 'threw', message: started.message };
      }

      const log = (received: InstanceMessage): void => {
        if (received.type === 'log') onLog(received.line);
      };
      child.on('message', log);
      let timer: NodeJS.Timeout | undefined;
      const timedOut = new Promise<InstanceOutcome>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'timedOut' }), timeoutMs);
      });
      const answered = firstMessage(
        child,
        ({ type }) => type === 'returned' || type === 'threw',
      ).then(outcomeOf);
      child.send(message);
      const outcome = await Promise.race([answered, crashed, timedOut]);
      clearTimeout(timer);
      child.off('message', log);
      if (outcome.kind === 'timedOut') await killed(child, exited);
      return outcome;
    },
    kill: () => killed(child, exited),
  };
}

function outcomeOf(message: InstanceMessage): InstanceOutcome {
  return message.type === 'threw'
    ? { kind: 'threw', message: message.message }
    : { kind: 'returned', result: message.type === 'returned' ? message.result : undefined };
}

function firstMessage(
  child: ChildProcess,
  matches: (message: InstanceMessage) => boolean,
): Promise<InstanceMessage> {
  return new Promise((resolve) => {
    const listen = (message: InstanceMessage): void => {
      if (!matches(message)) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
  });
}

async function killed(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await exited;
}
