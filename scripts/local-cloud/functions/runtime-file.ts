import { build } from 'esbuild';
import { join } from 'node:path';

/** Bundles the runtime of instances into the data folder, and resolves to the path of the file. */
export async function buildRuntime(dataDir: string): Promise<string> {
  const outfile = join(dataDir, 'function-runtime.cjs');
  await build({
    entryPoints: [join(__dirname, 'instance-main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}
