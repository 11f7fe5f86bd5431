import { build } from 'esbuild';
import { join } from 'node:path';

/** Bundles what an instance runs into one file of the data folder, and resolves to where it is. */
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
