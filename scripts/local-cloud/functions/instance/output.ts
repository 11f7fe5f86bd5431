/**
 * What a function prints, line by line, to a pipe of its own. It is written at once, so that nothing
 * is lost when the process ends.
 */
import { writeSync } from 'node:fs';
import { OUTPUT_FD } from './messages';
import type { PlaceInSource } from './source-places';

let lines = 0;

/** How many lines were printed so far. */
export const printedLines = (): number => lines;

/** @param placeInSource for each line, which may be one of a stack */
export function captureOutput(placeInSource: PlaceInSource): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error | null) => void),
      written?: (error?: Error | null) => void,
    ): boolean => {
      const isEncoded = typeof chunk === 'string' && typeof encoding === 'string';
      const bytes = isEncoded ? Buffer.from(chunk, encoding) : Buffer.from(chunk as string);
      for (const line of bytes.toString().split(/\r?\n/))
        if (line !== '') print(placeInSource(line));
      const callback = typeof encoding === 'function' ? encoding : written;
      if (callback !== undefined) process.nextTick(callback);
      return true;
    };
  }
}

function print(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  try {
    for (let sent = 0; sent < bytes.length;) sent += writeSync(OUTPUT_FD, bytes, sent);
    lines += 1;
  } catch {
    // The local cloud has ended, and so will this process.
  }
}
