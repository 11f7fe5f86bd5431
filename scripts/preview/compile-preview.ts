import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { bundleFile, type PreviewApp } from './app/preview-app';
import { SETTINGS_FILE, type PreviewSettings } from './app/settings';
import { compileMiniprogram } from './compile-miniprogram';
import { compileWebSample } from './compile-web-sample';

interface CompileOptions {
  /** A built mini program: `dist/miniprogram/`. */
  miniprogramDir: string;
  /** Emptied first. */
  outDir: string;
  app: Pick<PreviewApp, 'providers' | 'hasWebPage'>;
  /** For the pages. */
  settings: PreviewSettings;
}

const PAGE_DIR = join(__dirname, 'page');
const WEB_SAMPLE_DIR = join(__dirname, '../web-sign-in/sample');
const PAGES = ['index.html', 'phone.html'];
/** What an `<image>` may show. */
const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']);

/** Everything the preview's server hands out: the panel, the phone, and the mini program in it. */
/** @throws MiniprogramCompileError */
export async function compilePreview({
  miniprogramDir,
  outDir,
  app,
  settings,
}: CompileOptions): Promise<void> {
  const compiled = await compileMiniprogram(miniprogramDir);
  const bundles = await Promise.all(
    Object.entries(app.providers).map(async ([id, provider]) => {
      const own = provider.settings;
      const script = own ? await compiled.scriptWith(own) : compiled.script;
      return { file: bundleFile(id, provider), script };
    }),
  );
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    ...bundles.map(({ file, script }) =>
      writeFile(join(outDir, file), `export default ${script};\n`),
    ),
    writeFile(join(outDir, 'app.css'), compiled.css),
    writeFile(join(outDir, SETTINGS_FILE), JSON.stringify(settings)),
    compilePages(outDir),
    ...(app.hasWebPage ? [compileWebSample(WEB_SAMPLE_DIR, join(outDir, 'web'))] : []),
    copyPictures(resolve(miniprogramDir), join(outDir, 'miniprogram')),
  ]);
}

async function compilePages(outDir: string): Promise<void> {
  await build({
    entryPoints: {
      phone: join(PAGE_DIR, 'phone-main.ts'),
      panel: join(PAGE_DIR, 'panel-main.ts'),
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    outdir: outDir,
    logLevel: 'warning',
  });
  await build({
    entryPoints: ['phone.css', 'panel.css'].map((file) => join(PAGE_DIR, file)),
    bundle: true,
    outdir: outDir,
    logLevel: 'warning',
  });
  await Promise.all(PAGES.map((page) => cp(join(PAGE_DIR, page), join(outDir, page))));
}

async function copyPictures(from: string, to: string): Promise<void> {
  const files = await readdir(from, { recursive: true });
  await Promise.all(
    files
      .filter((file) => PICTURES.has(extname(file)))
      .map(async (file) => {
        await mkdir(dirname(join(to, file)), { recursive: true });
        await cp(join(from, file), join(to, file));
      }),
  );
}
