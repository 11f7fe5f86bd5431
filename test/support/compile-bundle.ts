/**
 * Compiles mini programs for `openPhone`, in one process a test file, since esbuild does not run
 * inside jsdom.
 */
import { afterAll } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundleReply, BundleRequest, MiniprogramBundle } from '#preview';
import { root } from '../../scripts/project/root';
import { runsTypeScript } from './run-script';

interface Compiler {
  child: ChildProcess;
  ended: Promise<[BundleReply]>;
  folder: string;
}

let compiler: Compiler | undefined;
let compiled = 0;

afterAll(() => {
  if (compiler === undefined) return;
  compiler.child.kill();
  rmSync(compiler.folder, { recursive: true });
});

export async function compileBundle(
  miniprogramDir = `${root}/dist/miniprogram`,
): Promise<MiniprogramBundle> {
  compiler ??= startCompiler();
  const { child, ended, folder } = compiler;
  const file = join(folder, `miniprogram-${++compiled}.cjs`);
  const replied = once(child, 'message') as Promise<[BundleReply]>;
  child.send({ miniprogramDir, file } satisfies BundleRequest);
  const [reply] = await Promise.race([replied, ended]);
  if ('error' in reply) throw new Error(reply.error);
  return requireBundle(file);
}

function startCompiler(): Compiler {
  const child = fork(`${root}/scripts/preview/write-bundle.ts`, [], {
    cwd: root,
    execArgv: runsTypeScript,
  });
  const ended = once(child, 'exit').then((): [BundleReply] => [{ error: 'the compiler ended' }]);
  return { child, ended, folder: mkdtempSync(join(tmpdir(), 'bundles-')) };
}

function requireBundle(file: string): MiniprogramBundle {
  const loaded: unknown = createRequire(__filename)(file);
  if (!isBundle(loaded)) throw new Error(`${file} is not a compiled mini program`);
  return loaded;
}

function isBundle(value: unknown): value is MiniprogramBundle {
  return typeof value === 'object' && value !== null && 'config' in value && 'modules' in value;
}
