import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { compileMiniprogram } from './compile-miniprogram';

interface CompileOptions {
  /** A built mini program: `dist/miniprogram/`. */
  miniprogramDir: string;
  /** Emptied first. */
  outDir: string;
}

const PAGE_DIR = join(__dirname, 'page');
const PAGES = ['index.html', 'phone.html'];
/** What an `<image>` may show. */
const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp']);

/** What the mini program's config.ts says in the build for QQ. The gateway is where the preview's server has it. */
const QQ_CONFIG = {
  transport: 'http',
  gateway: { url: '/cloud/http/gateway', platform: 'qq' },
};

/** Everything the preview's server hands out: the panel, the phone, and the mini program in it. */
export async function compilePreview({ miniprogramDir, outDir }: CompileOptions): Promise<void> {
  const compiled = await compileMiniprogram(miniprogramDir);
  const overHttp = await compiled.scriptWith(QQ_CONFIG);
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    writeFile(join(outDir, 'app.js'), `export default ${compiled.script};\n`),
    writeFile(join(outDir, 'app-qq.js'), `export default ${overHttp};\n`),
    writeFile(join(outDir, 'app.css'), compiled.css),
    compilePages(outDir),
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
