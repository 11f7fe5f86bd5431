import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { isRecord } from '../lib/is-record';
import { bundleFile, type PreviewApp } from './app/preview-app';
import type { Assets, Content } from './assets';
import type { Build } from './bundle/build';
import { compileMiniprogram } from './compile-miniprogram';

/** A mini program as phones load it. */
export interface CompiledApp {
  build: Build;
  assets: Assets;
}

/** What an `<image>` may show. */
const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']);

/**
 * @param miniprogramDir a built mini program: `dist/miniprogram/`
 *
 * @throws MiniprogramCompileError
 */
export async function compileApp(
  miniprogramDir: string,
  { providers }: Pick<PreviewApp, 'providers'>,
): Promise<CompiledApp> {
  // Before it is compiled: what is written meanwhile then counts as another build, and is not missed.
  const sources = await readSources(miniprogramDir);
  const compiled = await compileMiniprogram(miniprogramDir);
  const scripts = await Promise.all(
    Object.entries(providers).map(async ([id, provider]) => {
      const { settings } = provider;
      const script = settings ? await compiled.scriptWith(settings) : compiled.script;
      return [bundleFile(id, provider), script] as const;
    }),
  );
  const build: Build = {
    // Not of the scripts: the template compiler writes the same templates in any order.
    code: hash(sources.flat()),
    styles: hash([compiled.css]),
  };
  // The styles are in the same file: a phone that loads it can't have those of another build.
  const rest = `export const build = ${JSON.stringify(build)};
export const css = ${JSON.stringify(compiled.css)};\n`;
  const assets = new Map<string, Content>([['app.css', compiled.css]]);
  for (const [file, content] of sources) {
    if (PICTURES.has(extname(file))) assets.set(`miniprogram/${file}`, content);
  }
  for (const [file, script] of scripts) assets.set(file, `export default ${script};\n${rest}`);
  return { build, assets };
}

type Source = readonly [path: string, content: Buffer<ArrayBuffer>];

/** Everything that makes up a mini program but its styles, in an order that stays. */
async function readSources(dir: string): Promise<Source[]> {
  const files = (await readdir(dir, { recursive: true })).filter(
    (file) => extname(file) !== '.wxss',
  );
  const sources = await Promise.all(
    files.sort().map(async (file): Promise<Source[]> => {
      const content = await readFile(join(dir, file)).catch(notAFile);
      return content ? [[file.replaceAll(sep, '/'), content]] : [];
    }),
  );
  return sources.flat();
}

/** A folder, or a file that is gone by now. */
function notAFile(cause: unknown): undefined {
  const code = isRecord(cause) ? cause['code'] : undefined;
  if (code !== 'EISDIR' && code !== 'ENOENT') throw cause;
}

function hash(parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(String(part.length)).update(':').update(part);
  return sum.digest('hex').slice(0, 16);
}
