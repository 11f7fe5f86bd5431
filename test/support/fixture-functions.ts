import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledSdk } from './bundled-sdk';

const SDKS = ['wx-server-sdk', '@cloudbase/node-sdk'] as const;

export interface FixtureFunction {
  /**
   * JavaScript that sets `exports.main`. `require('wx-server-sdk')` and
   * `require('@cloudbase/node-sdk')` give the real ones.
   */
  code: string;
  config?: object;
}

/** A folder of functions that only a test needs. */
export async function writeFunctions(
  functions: Readonly<Record<string, FixtureFunction>>,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'fixture-functions-'));
  const files = await Promise.all(SDKS.map((name) => bundledSdk(name)));
  for (const [name, { code, config }] of Object.entries(functions)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'index.js'), withSdks(code, files));
    if (config !== undefined) {
      await writeFile(join(folder, name, 'config.json'), JSON.stringify(config));
    }
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

function withSdks(code: string, files: readonly string[]): string {
  return SDKS.reduce(
    (text, name, index) =>
      text.replaceAll(`require('${name}')`, `require(${JSON.stringify(files[index])})`),
    code,
  );
}
