/** How a process ends before its work is done: by a signal, or because nobody reads what it prints. */
import { Console } from 'node:console';
import { constants } from 'node:os';

type Close = () => Promise<void>;

/** Of a process whose reader has gone, as a shell shows it. */
const NOBODY_READS = 128 + constants.signals.SIGPIPE;
const FAILED = 1;
/** npm passes on a Ctrl-C that the terminal has sent already: that is one, not two. */
const SAME_CTRL_C_MS = 500;

const open = new Set<Close>();
let endsBy: number | undefined;
/** How many of this project's own parts decide what a signal means. */
let deciding = 0;

/** Whether the process is closing what is open, to end when that is done. */
export const isEnding = (): boolean => endsBy !== undefined;

/**
 * Ctrl-C reaches a child process too, and what that broke may arrive before the signal, which is read
 * between two turns of the event loop: resolves once it was.
 */
export async function signalsRead(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise(setImmediate);
}

/**
 * What is open is closed before the process ends by a signal: the latest first.
 *
 * @returns to be called in its place: closes it, once
 */
export function closeAtEnd(close: Close): Close {
  let closing: Promise<void> | undefined;
  // It stays among what is open until it is closed: begun by somebody else, it is waited for.
  const once = (): Promise<void> => (closing ??= close().finally(() => open.delete(once)));
  open.add(once);
  return once;
}

/** The same thing, which is closed by itself before the process ends by a signal. */
export function closedAtEnd<Open extends { close: Close }>(it: Open): Open {
  return { ...it, close: closeAtEnd(() => it.close()) };
}

/** Closes what is open, and ends the process. */
export async function endEarly(exitCode: number): Promise<void> {
  if (endsBy !== undefined) return;
  endsBy = exitCode;
  for (const close of [...open].reverse()) {
    // Half of it may be gone already. The rest is closed all the same.
    await close().catch(() => undefined);
  }
  // Where a pipe takes its time, the last lines would be lost.
  await new Promise((written) => process.stdout.write('', written));
  process.exit(exitCode);
}

/**
 * Ends a process whose work is done, though something of a library's stays open. What it has printed
 * is written first; where that fails, it has failed.
 */
export async function endDone(): Promise<void> {
  await new Promise((written) => process.stdout.write('', written));
  // The failure of a write is said after it.
  await new Promise(setImmediate);
  const { exitCode } = process;
  await endEarly(typeof exitCode === 'number' ? exitCode : 0);
}

/**
 * From now on the first signal means what the caller makes of it. A listener alone decides nothing:
 * libraries have some, and would keep Ctrl-C from ending anything.
 *
 * @returns to be called when that is over
 */
export function decideOnSignals(): () => void {
  deciding += 1;
  let isOver = false;
  return () => {
    if (!isOver) deciding -= 1;
    isOver = true;
  };
}

/**
 * Ctrl-C, the request to end and the closed terminal. The first one ends the process, unless another
 * part decides what it means; the second ends it at once.
 *
 * @param announce called before the process ends by the first one
 */
export function watchSignals(announce: () => void): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const exitCode = 128 + constants.signals[signal];
      if (firstAt !== undefined) {
        if (performance.now() - firstAt > SAME_CTRL_C_MS) process.exit(exitCode);
        return;
      }
      firstAt = performance.now();
      if (deciding > 0) return;
      announce();
      void endEarly(exitCode);
    });
  }
}

/**
 * Node's own console hides that a line could not be written.
 *
 * @param fail called when stdout takes nothing more, e.g. on a full disk
 */
export function watchOutput(fail: (error: Error) => void): void {
  const { stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isEnding()) return;
    if (error.code === 'EPIPE') void endEarly(NOBODY_READS);
    else {
      fail(error);
      void endEarly(FAILED);
    }
  });
  // There is nowhere left to say it.
  stderr.on('error', () => undefined);
  const results = new Console({ stdout, stderr, ignoreErrors: false });
  console.log = results.log.bind(results);
}
