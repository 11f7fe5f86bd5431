/**
 * `wechat-cloud-local`, the commands for a project that uses the other package: everything in one
 * file, but lmdb, which is native.
 */
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { SHIPPED_RUNTIME } from '../local-cloud/functions/runtime-file';
import type { PackagedCommand } from '../packaged/main';
import type { Resources } from '../project/resources';
import { root } from '../project/root';
import { writeBroughtFunctions } from './brought-functions';
import {
  COMMON,
  makePackageFolder,
  npmPack,
  versionOf,
  type PackageFolder,
} from './package-folder';

export const LOCAL_PACKAGE = 'wechat-cloud-local';

const COMMANDS: readonly PackagedCommand[] = ['doctor', 'init', 'local-cloud', 'preview'];

/** As deep as the sources of the preview are in scripts/: they find its pages from where they are. */
const LIB = 'lib/preview';

const MANIFEST = {
  name: LOCAL_PACKAGE,
  ...COMMON,
  description:
    'WeChat Cloud Development on your own machine, offline: cloud functions on the real wx-server-sdk, and the mini program on two phones in a browser.',
  keywords: ['miniprogram', 'wechat', 'cloudbase', 'local', 'emulator', 'preview'],
  engines: { node: '>=20' },
  bin: Object.fromEntries(COMMANDS.map((name) => [name, `bin/${name}.js`])),
  exports: { './package.json': './package.json' },
  dependencies: { lmdb: versionOf('lmdb') },
};

const NODE: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  minifySyntax: true,
  minifyWhitespace: true,
  // Licences of what is inside.
  legalComments: 'linked',
  logLevel: 'warning',
};

export interface BuiltProject {
  functionsDir: string;
  libDir: string;
  resources: Resources;
}

/** Resolves to the path of the packed file. */
export async function packLocal(built: BuiltProject, dir: string): Promise<string> {
  const folder = await makePackageFolder(dir);
  await folder.write('package.json', `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
  await Promise.all([
    writeCommands(folder),
    writePages(folder),
    writeBroughtFunctions(built.functionsDir, built.resources, folder),
  ]);
  for (const file of ['use-local-cloud.js', 'use-local-cloud.d.ts']) {
    await folder.copy(join(built.libDir, file), file);
  }
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    await folder.copy(join(__dirname, 'local', readme), readme);
  }
  for (const file of ['LICENSE', 'CHANGELOG.md']) await folder.copy(join(root, file), file);
  return npmPack(folder, LOCAL_PACKAGE);
}

async function writeCommands(folder: PackageFolder): Promise<void> {
  for (const name of COMMANDS) {
    const start = `#!/usr/bin/env node\nvoid require('../${LIB}/main.js').run('${name}');\n`;
    await folder.write(`bin/${name}.js`, start);
  }
  const scripts = join(root, 'scripts');
  await Promise.all([
    build({
      ...NODE,
      entryPoints: [join(scripts, 'packaged/main.ts')],
      outfile: join(folder.dir, LIB, 'main.js'),
      external: ['lmdb'],
      plugins: [builtBefore],
    }),
    build({
      ...NODE,
      entryPoints: [join(scripts, 'local-cloud/functions/instance-main.ts')],
      outfile: join(folder.dir, LIB, SHIPPED_RUNTIME),
    }),
  ]);
  // The compiler of templates reads it from beside itself.
  const compiler = createRequire(__filename).resolve('glass-easel-template-compiler');
  for (const file of await readdir(dirname(compiler))) {
    if (file.endsWith('.wasm')) await folder.copy(join(dirname(compiler), file), `${LIB}/${file}`);
  }
}

/** In the package, what esbuild would build is built: `scripts/packaged/built-before.ts` has it. */
const builtBefore: Plugin = {
  name: 'built-before',
  setup(bundler) {
    bundler.onResolve({ filter: /^esbuild$/ }, () => ({
      path: join(root, 'scripts/packaged/built-before.ts'),
    }));
  },
};

/** Of the preview: what the browser loads, but the mini program. */
async function writePages(folder: PackageFolder): Promise<void> {
  const page = join(root, 'scripts/preview/page');
  const sample = join(root, 'scripts/web-sign-in/sample');
  const browser: BuildOptions = {
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
    outdir: join(folder.dir, LIB, 'built'),
  };
  await build({
    ...browser,
    entryPoints: [
      ...['phone', 'panel'].flatMap((name) => [
        { in: join(page, `${name}-main.ts`), out: name },
        { in: join(page, `${name}.css`), out: name },
      ]),
      { in: join(sample, 'page.ts'), out: 'page' },
      { in: join(sample, 'page.css'), out: 'page' },
    ],
  });
  for (const file of ['index.html', 'phone.html']) {
    await folder.copy(join(page, file), `${LIB}/page/${file}`);
  }
  await folder.copy(join(sample, 'index.html'), 'lib/web-sign-in/sample/index.html');
}
