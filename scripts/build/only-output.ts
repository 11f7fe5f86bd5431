import type { OutputFile } from 'esbuild';

/** Of a build of one entry that writes nothing. */
export function onlyOutput(files: readonly OutputFile[]): Uint8Array {
  const [file] = files;
  if (file === undefined) throw new Error('esbuild made nothing.');
  return file.contents;
}
