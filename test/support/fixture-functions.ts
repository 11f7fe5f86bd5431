import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openTestCloud, type TestCloud, type TestCloudOptions } from '#local-cloud/testing';
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

export interface FixtureCloud extends TestCloud {
  /** Where the functions are, NAME/index.js. */
  readonly functionsDir: string;
  /** Writes a file below `functionsDir`, and the folders that it needs. */
  write(path: string, content: string): Promise<void>;
}

/** A local cloud with functions that only a test needs. */
export async function openFixtureCloud(
  functions: Readonly<Record<string, FixtureFunction>>,
  options: Omit<TestCloudOptions, 'functionsDir'> = {},
): Promise<FixtureCloud> {
  const functionsDir = await mkdtemp(join(tmpdir(), 'fixture-functions-'));
  await writeFunctions(functionsDir, functions);
  const cloud = await openTestCloud({ ...options, functionsDir });
  return {
    ...cloud,
    functionsDir,
    async write(path, content) {
      await mkdir(dirname(join(functionsDir, path)), { recursive: true });
      await writeFile(join(functionsDir, path), content);
    },
    async close() {
      await cloud.close();
      await rm(functionsDir, { recursive: true });
    },
  };
}

async function writeFunctions(
  folder: string,
  functions: Readonly<Record<string, FixtureFunction>>,
): Promise<void> {
  const files = await Promise.all(SDKS.map((name) => bundledSdk(name)));
  for (const [name, { code, config }] of Object.entries(functions)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'index.js'), withSdks(code, files));
    if (config !== undefined) {
      await writeFile(join(folder, name, 'config.json'), JSON.stringify(config));
    }
  }
}

function withSdks(code: string, files: readonly string[]): string {
  return SDKS.reduce(
    (text, name, index) =>
      text.replaceAll(`require('${name}')`, `require(${JSON.stringify(files[index])})`),
    code,
  );
}
