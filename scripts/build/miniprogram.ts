import { readdir, readFile } from 'node:fs/promises';
import { extname, relative, sep } from 'node:path';
import { root } from '../project/root';
import { parseJson } from '../project/parse-json';
import { BuildError, joined, problemInFile, type BuildProblem } from './build-error';
import type { BuiltFile } from './built-file';
import type { Incremental } from './incremental';

/**
 * Base library 3.0.0, which project.config.json asks for, runs ES2018 on every phone it supports.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/js-support.html
 */
const TARGET = 'es2018';

/** What WeChat reads beside scripts. */
const COPIED = new Set(['.json', '.wxml', '.wxss', '.wxs', '.png', '.svg', '.jpg']);

const FOLDER = 'miniprogram';

interface MiniprogramSources {
  /** `miniprogram/`. */
  dir: string;
  /** `dist/`: where what is returned will be. */
  outDir: string;
  /** The ways in that its functions offer: miniprogram/config.ts reads them. */
  signInMethods: readonly string[];
}

/**
 * File by file, not bundled by page: a bundle would give every page its own copy of a module's
 * state, and the session has one state for all of them. Maps are inline: DevTools and the preview
 * read them, and minifying, which every upload does, leaves them out.
 *
 * @throws BuildError
 */
export async function buildMiniprogram(
  esbuild: Incremental,
  { dir, outDir, signInMethods }: MiniprogramSources,
): Promise<BuiltFile[]> {
  const all = await readdir(dir, { recursive: true });
  const files = all
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file !== 'tsconfig.json')
    .sort();
  const parts = await Promise.allSettled([
    transpile(esbuild, files.filter(isScript), { dir, outDir, signInMethods }),
    copied(
      dir,
      files.filter((file) => COPIED.has(extname(file))),
    ),
  ]);
  const failures = parts.filter((part) => part.status === 'rejected');
  if (failures.length > 0) throw joined(failures.map(({ reason }) => reason as unknown));
  return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
}

const isScript = (file: string): boolean => extname(file) === '.ts' && !file.endsWith('.d.ts');

async function transpile(
  esbuild: Incremental,
  scripts: readonly string[],
  { dir, outDir, signInMethods }: MiniprogramSources,
): Promise<BuiltFile[]> {
  const outdir = `${outDir}/${FOLDER}`;
  const outputs = await esbuild.build({
    entryPoints: scripts.map((file) => `${dir}/${file}`),
    outbase: dir,
    outdir,
    format: 'cjs',
    platform: 'neutral',
    target: TARGET,
    define: { 'process.env.SIGN_IN_METHODS': JSON.stringify(signInMethods.join(',')) },
    sourcemap: 'inline',
    write: false,
  });
  return outputs.map(({ path, contents }) => ({
    path: `${FOLDER}/${relative(outdir, path).split(sep).join('/')}`,
    content: contents,
  }));
}

async function copied(dir: string, files: readonly string[]): Promise<BuiltFile[]> {
  const problems: BuildProblem[] = [];
  const copies = await Promise.all(
    files.map(async (file): Promise<BuiltFile[]> => {
      const content = await readFile(`${dir}/${file}`).catch(ifThere);
      // An editor replaces a file by another: who follows the sources hears of it.
      if (content === undefined) return [];
      if (file.endsWith('.json'))
        problems.push(...problemsIn(content.toString(), `${dir}/${file}`));
      return [{ path: `${FOLDER}/${file}`, content }];
    }),
  );
  if (problems.length === 0) return copies.flat();
  const lines = problems.map(
    ({ file, line, column, message }) => `${file}:${line ?? 1}:${column ?? 1}: ${message}`,
  );
  throw new BuildError(problems, lines.join('\n'));
}

function problemsIn(text: string, path: string): BuildProblem[] {
  try {
    parseJson(text);
    return [];
  } catch (error) {
    return [problemInFile(relative(root, path).split(sep).join('/'), error as Error)];
  }
}

function ifThere(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
