/**
 * A child process that compiles mini programs into modules, for tests in which esbuild does not
 * run. It takes one request a message and ends with its parent.
 */
import { writeFile } from 'node:fs/promises';
import { compileMiniprogram } from './compile-miniprogram';

export interface BundleRequest {
  miniprogramDir: string;
  /** The module to write, absolute. */
  file: string;
}

export type BundleReply = { written: true } | { error: string };

async function write({ miniprogramDir, file }: BundleRequest): Promise<BundleReply> {
  try {
    const { script } = await compileMiniprogram(miniprogramDir);
    await writeFile(file, `module.exports = ${script};\n`);
    return { written: true };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (request: BundleRequest) => {
  void write(request).then((reply) => process.send?.(reply));
});
