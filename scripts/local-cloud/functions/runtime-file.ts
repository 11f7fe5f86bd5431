import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'function-runtime.cjs';

/** Where the local cloud is a package, it is there already: nothing is bundled on that machine. */
export const SHIPPED_RUNTIME = NAME;

/**
 * The runtime of instances as one file: beside this one, else bundled into the data folder. Resolves
 * to its path.
 */
export async function buildRuntime(dataDir: string): Promise<string> {
  const shipped = join(__dirname, NAME);
  if (existsSync(shipped)) return shipped;
  const outfile = join(dataDir, NAME);
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
