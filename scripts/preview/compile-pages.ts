import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { PreviewApp } from './app/preview-app';
import { SETTINGS_FILE, type PreviewSettings } from './app/settings';
import type { Assets, Content } from './assets';
import { compileWebSample } from './compile-web-sample';

interface PageOptions {
  app: Pick<PreviewApp, 'hasWebPage'>;
  /** For the pages, when they start. */
  settings: PreviewSettings;
}

/** The preview's own pages: the panel and a phone, which knows no mini program yet. */
export interface CompiledPages {
  /** Of their content. */
  hash: string;
  assets: Assets;
}

const PAGE_DIR = join(__dirname, 'page');
const WEB_SAMPLE_DIR = join(__dirname, '../web-sign-in/sample');
const PAGES = ['index.html', 'phone.html'];

export async function compilePages({ app, settings }: PageOptions): Promise<CompiledPages> {
  const common = { bundle: true, write: false, outdir: PAGE_DIR, logLevel: 'warning' } as const;
  const [scripts, styles, web, ...pages] = await Promise.all([
    build({
      ...common,
      entryPoints: {
        phone: join(PAGE_DIR, 'phone-main.ts'),
        panel: join(PAGE_DIR, 'panel-main.ts'),
      },
      format: 'esm',
      target: 'es2022',
      minify: true,
      define: { 'process.env.NODE_ENV': '"production"' },
    }),
    build({
      ...common,
      entryPoints: ['phone.css', 'panel.css'].map((file) => join(PAGE_DIR, file)),
    }),
    app.hasWebPage ? compileWebSample(WEB_SAMPLE_DIR) : new Map<string, Content>(),
    ...PAGES.map(async (page) => [page, await readFile(join(PAGE_DIR, page), 'utf8')] as const),
  ]);
  const own = [
    ...[...scripts.outputFiles, ...styles.outputFiles].map(
      ({ path, text }) => [basename(path), text] as const,
    ),
    ...pages,
    [SETTINGS_FILE, JSON.stringify(settings)] as const,
  ];
  const hash = createHash('sha256').update(JSON.stringify(own)).digest('hex').slice(0, 16);
  const below = [...web].map(([path, content]) => [`web/${path}`, content] as const);
  return { hash, assets: new Map([...own, ...below]) };
}
