/** Why the process of an instance ended, where it did not say so itself. */
import type { ChildProcess } from 'node:child_process';
import { memoryExceeded } from './instance/memory';
import type { Failure } from './instance/messages';

export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The process could not be started. */
  error?: Error;
}

/** Children of its own may keep its pipes open. */
const LONGEST_DRAIN_MS = 1_000;

/** Resolves when the process has ended and everything that it sent was received. */
export function processEnd(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      // Later ones are about messages, and the process ends in its own way.
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
    child.once('exit', (code, signal) => {
      const ended = (): void => resolve({ code, signal });
      setTimeout(ended, LONGEST_DRAIN_MS).unref();
      let open = 2;
      const closed = (): void => {
        if (--open === 0) ended();
      };
      child.once('close', closed);
      if (child.connected) child.once('disconnect', closed);
      else closed();
    });
  });
}

/** @param lastWords what the process itself wrote to stderr, such as V8 without memory */
export function failureOf(
  { code, signal, error }: ProcessEnd,
  lastWords: string,
  memoryMb: number,
): Failure {
  if (lastWords.includes('JavaScript heap out of memory')) return memoryExceeded(memoryMb);
  const headline =
    error?.message ??
    // In the platform's words.
    (signal === null ? `${code} code exit unexpected` : `the process was ended by ${signal}`);
  return { text: [headline, lastWords.trim()].filter(Boolean).join('\n'), headline };
}
