import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/root';

export interface FixtureFunction {
  /** JavaScript that sets `exports.main`. `require('wx-server-sdk')` gives the real one. */
  code: string;
  config?: object;
}

/** A folder of functions that only a test needs. */
export async function writeFunctions(
  functions: Readonly<Record<string, FixtureFunction>>,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'fixture-functions-'));
  for (const [name, { code, config }] of Object.entries(functions)) {
    await mkdir(join(folder, name));
    // Outside the project, so that packages are found by their own path.
    const sdk = JSON.stringify(join(root, 'node_modules/wx-server-sdk'));
    const source = code.replaceAll(`require('wx-server-sdk')`, `require(${sdk})`);
    await writeFile(join(folder, name, 'index.js'), source);
    if (config !== undefined) {
      await writeFile(join(folder, name, 'config.json'), JSON.stringify(config));
    }
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
