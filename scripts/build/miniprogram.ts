import { cp, readdir, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { build } from 'esbuild';

/**
 * Base library 3.0.0, which project.config.json asks for, runs ES2018 on every phone it supports.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
 */
const TARGET = 'es2018';

/** What WeChat reads beside scripts. */
const COPIED = new Set(['.json', '.wxml', '.wxss', '.wxs', '.png', '.svg', '.jpg']);

/**
 * File by file, not bundled by page: a bundle would give every page its own copy of a module's
 * state, and the session has one state for all of them.
 *
 * @param signInMethods the ways in that its functions offer: miniprogram/config.ts reads them
 */
export async function buildMiniprogram(
  sourceDir: string,
  outDir: string,
  signInMethods: readonly string[],
): Promise<void> {
  const files = (await readdir(sourceDir, { recursive: true })).filter(
    (file) => file !== 'tsconfig.json',
  );
  await rm(outDir, { recursive: true, force: true });
  await build({
    entryPoints: files
      .filter((file) => extname(file) === '.ts' && !file.endsWith('.d.ts'))
      .map((file) => `${sourceDir}/${file}`),
    outbase: sourceDir,
    outdir: outDir,
    format: 'cjs',
    platform: 'neutral',
    target: TARGET,
    define: { 'process.env.SIGN_IN_METHODS': JSON.stringify(signInMethods.join(',')) },
    logLevel: 'warning',
  });
  for (const file of files.filter((file) => COPIED.has(extname(file)))) {
    await cp(`${sourceDir}/${file}`, `${outDir}/${file}`);
  }
}
