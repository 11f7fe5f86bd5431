/**
 * What a function prints, line by line. Sent as messages: a pipe would not keep the order of lines
 * and answers.
 */
export function captureOutput(onLine: (line: string) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error | null) => void),
      written?: (error?: Error | null) => void,
    ): boolean => {
      const isText = typeof chunk === 'string' && typeof encoding === 'string';
      const text = isText ? Buffer.from(chunk, encoding).toString() : textOf(chunk);
      for (const line of text.split('\n')) if (line !== '') onLine(line);
      const callback = typeof encoding === 'function' ? encoding : written;
      if (callback !== undefined) process.nextTick(callback);
      return true;
    };
  }
}

function textOf(chunk: string | Uint8Array): string {
  return typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
}
