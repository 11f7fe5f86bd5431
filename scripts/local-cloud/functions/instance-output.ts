/**
 * Brings what a function prints and what its runtime says into one order: they come by different
 * pipes.
 */
import type { Readable } from 'node:stream';

export interface InstanceOutput {
  /** Runs it once so many lines have arrived. */
  after(lines: number, action: () => void): void;
}

export function orderOutput(pipe: Readable, onLine: (line: string) => void): InstanceOutput {
  let received = 0;
  let rest = '';
  const waiting: { lines: number; action: () => void }[] = [];
  pipe.setEncoding('utf8');
  pipe.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      onLine(line);
      received += 1;
      while (waiting[0] !== undefined && waiting[0].lines <= received) waiting.shift()?.action();
    }
  });
  return {
    after(lines, action) {
      if (lines <= received) action();
      else waiting.push({ lines, action });
    },
  };
}
