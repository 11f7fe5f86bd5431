import { extname } from 'node:path';
import { bundleFile, type PreviewApp } from './app/preview-app';
import type { Assets, Content } from './assets';
import type { Build } from './bundle/build';
import { BUNDLE_GLOBAL } from './bundle/bundle-global';
import type { Problem } from '../miniprogram-files/compile-error';
import { hash, SourceFiles } from './compile/source-files';
import { compileMiniprogram, type CompileMemory } from './compile-miniprogram';

/** A mini program as phones load it. */
export interface CompiledApp {
  build: Build;
  assets: Assets;
  /** What is not as it should be, and is shown all the same. */
  warnings: readonly Problem[];
}

const SOURCE_MAP = 'app.js.map';
/** What an `<image>` may show. */
const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']);

/**
 * @param miniprogramDir a built mini program: `dist/miniprogram/`
 * @param memory given again, only what changed is compiled
 *
 * @throws MiniprogramCompileError
 */
export async function compileApp(
  miniprogramDir: string,
  { providers }: Pick<PreviewApp, 'providers'>,
  memory: CompileMemory,
): Promise<CompiledApp> {
  const sources = SourceFiles.read(miniprogramDir);
  const compiled = await compileMiniprogram(miniprogramDir, memory, sources);
  const scripts = Object.entries(providers).map(([id, provider]) => {
    const { settings } = provider;
    const script = settings ? compiled.scriptWith(settings) : compiled.script;
    return [bundleFile(id, provider), script] as const;
  });
  const build: Build = {
    // Not of the scripts: the template compiler writes the same templates in any order.
    code: sources.codeVersion,
    styles: hash([compiled.css]),
  };
  // The styles are in the same file: a phone that loads it can't have those of another build.
  const rest = JSON.stringify({ build, css: compiled.css });
  const assets = new Map<string, Content>([
    ['app.css', compiled.css],
    [SOURCE_MAP, compiled.sourceMap],
  ]);
  for (const [file, content] of sources.contents) {
    if (PICTURES.has(extname(file))) assets.set(`miniprogram/${file}`, content);
  }
  for (const [file, script] of scripts) {
    assets.set(
      file,
      `${BUNDLE_GLOBAL} = ${script};
Object.assign(${BUNDLE_GLOBAL}, ${rest});
//# sourceMappingURL=${SOURCE_MAP}
`,
    );
  }
  return { build, assets, warnings: compiled.warnings };
}
