/** An instance of a function: a process that serves one call at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FunctionFiles } from './function-files';
import { failureOf, processEnd } from './instance-end';
import { forkInstance } from './instance-process';
import { memoryExceeded, peakMemoryMb } from './instance/memory';
import type { Failure, InstanceMessage, InvokeMessage } from './instance/messages';
import { createLoadedSignatures } from './loaded-signatures';

export type InstanceOutcome =
  /** The result as JSON. */
  | { kind: 'returned'; json: string }
  | { kind: 'threw'; failure: Failure }
  | { kind: 'timedOut' }
  /** The process ended before it answered. */
  | { kind: 'crashed'; failure: Failure }
  /** The process had ended before the call began: another one can take it. */
  | { kind: 'notBegun' };

/** Where the output of a call goes. */
export interface CallOutput {
  /** What the function prints. */
  line(text: string): void;
  /** Only for those who look the call up. */
  detail(text: string): void;
}

export interface FunctionInstance {
  readonly id: number;
  readonly alive: boolean;
  /** Whether all that it loaded is still what is on the disk. */
  isCurrent(): boolean;
  invoke(message: InvokeMessage, timeoutMs: number, output: CallOutput): Promise<InstanceOutcome>;
  kill(): Promise<void>;
}

/** For loading (https://cloud.tencent.com/document/product/583/9694). */
const LONGEST_START_MS = 65_000;
const MEMORY_CHECK_MS = 50;

/**
 * @param runtimeFile the bundled `instance-main`
 * @param onLateCrash when it ends of its own accord between two calls
 */
export function startInstance(
  id: number,
  runtimeFile: string,
  files: FunctionFiles,
  environment: Readonly<Record<string, string>>,
  onLateCrash: (failure: Failure) => void,
): FunctionInstance {
  const { memoryMb } = files;
  const loaded = createLoadedSignatures();
  let alive = true;
  let killed = false;
  let sent = 0;
  let ending: Extract<InstanceMessage, { type: 'ending' }> | undefined;
  /** Of the latest call, also for what is printed after its answer. */
  let output: CallOutput | undefined;
  const earlyLines: string[] = [];
  let settle: ((outcome: InstanceOutcome) => void) | undefined;
  let started: (broken?: Failure) => void;
  const start = new Promise<Failure | undefined>((resolve) => (started = resolve));

  const print = (line: string): void => {
    if (output === undefined) earlyLines.push(line);
    else output.line(line);
  };
  const receive = (message: InstanceMessage): void => {
    if ('files' in message) loaded.add(message.files);
    switch (message.type) {
      case 'ready':
        started();
        break;
      case 'broken':
        started(message.failure);
        break;
      case 'returned':
        settle?.({ kind: 'returned', json: message.json });
        break;
      case 'threw':
        settle?.({ kind: 'threw', failure: message.failure });
        break;
      case 'ending':
        ending = message;
    }
  };
  const { child, lastWords } = forkInstance(runtimeFile, files, environment, print, receive);

  const ended = processEnd(child).then((end) => {
    alive = false;
    const failure = ending?.failure ?? failureOf(end, lastWords.take(), memoryMb);
    if (settle !== undefined) {
      // What fails before the first call, after loading, would fail in another process too.
      const isTheirs = ending === undefined || ending.begun === 0 || ending.begun === sent;
      settle(isTheirs ? { kind: 'crashed', failure } : { kind: 'notBegun' });
    } else if (!killed) {
      onLateCrash(failure);
      output?.detail(failure.text);
    }
  });
  const kill = async (): Promise<void> => {
    killed = true;
    child.kill('SIGKILL');
    await ended;
  };

  return {
    id,
    get alive() {
      // One that was killed takes a moment to end, and serves no call in it.
      return alive && !killed;
    },
    isCurrent: () => loaded.areCurrent(),
    async invoke(message, timeoutMs, to) {
      if (!alive || killed) return { kind: 'notBegun' };
      output = to;
      for (const line of earlyLines.splice(0)) print(line);
      let limit: NodeJS.Timeout | undefined;
      let memoryCheck: NodeJS.Timeout | undefined;
      const outcome = await new Promise<InstanceOutcome>((resolve) => {
        settle = resolve;
        const timeUp = async (): Promise<void> => {
          // On a busy machine the answer may be here already, and not read yet.
          await nextTurn();
          await nextTurn();
          resolve({ kind: 'timedOut' });
        };
        const begin = (broken: Failure | undefined): void => {
          if (broken !== undefined) {
            resolve({ kind: 'crashed', failure: broken });
            return;
          }
          sent += 1;
          try {
            child.send(message, () => undefined);
          } catch (error) {
            // JSON.stringify does not go as deep as JSON.parse.
            const text = `the data can't be handed to the function: ${String(error)}`;
            resolve({ kind: 'crashed', failure: { text, headline: text } });
            return;
          }
          limit = setTimeout(() => void timeUp(), timeoutMs);
          memoryCheck = setInterval(() => {
            if ((peakMemoryMb(child.pid) ?? 0) <= memoryMb) return;
            resolve({ kind: 'crashed', failure: memoryExceeded(memoryMb) });
          }, MEMORY_CHECK_MS);
        };
        if (sent > 0) {
          begin(undefined);
          return;
        }
        const startLimit = setTimeout(() => void timeUp(), LONGEST_START_MS);
        void Promise.race([start, ended]).finally(() => clearTimeout(startLimit));
        void start.then(begin);
      });
      settle = undefined;
      clearTimeout(limit);
      clearInterval(memoryCheck);
      if (outcome.kind === 'timedOut' || outcome.kind === 'crashed') await kill();
      const words = lastWords.take();
      if (words !== '') to.detail(words);
      return outcome;
    },
    kill,
  };
}
