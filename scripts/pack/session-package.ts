/**
 * `wechat-cloud-session`, for mini programs and for their functions: client, components, and
 * `withSession`. It depends on nothing: what functions install stays small.
 */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { build, transform } from 'esbuild';
import { FUNCTION_TARGET } from '../build';
import { root } from '../project/root';
import { writeDeclarations } from './declarations';
import {
  COMMON,
  makePackageFolder,
  npmPack,
  versionOf,
  type PackageFolder,
} from './package-folder';

export const SESSION_PACKAGE = 'wechat-cloud-session';

/** Of the built mini program. What 构建 npm copies is these, as they are. */
const PARTS = [
  'session',
  'settings',
  'i18n/session',
  'privacy',
  'components/sign-in-host',
  'components/sign-in-sheet',
  'components/privacy-host',
  'components/privacy-sheet',
];

/** The SDK that it is tried with. */
const SDK = `^${versionOf('wx-server-sdk')}`;

const MANIFEST = {
  name: SESSION_PACKAGE,
  ...COMMON,
  description:
    'Sign-in and sign-out for WeChat mini programs on Cloud Development: the client, its components, and withSession for cloud functions.',
  keywords: ['miniprogram', 'wechat', 'weapp', 'cloudbase', 'session', 'login'],
  main: 'miniprogram/index.js',
  types: 'miniprogram/index.d.ts',
  miniprogram: 'miniprogram',
  exports: {
    '.': { types: './miniprogram/index.d.ts', default: './miniprogram/index.js' },
    './cloud': { types: './cloud.d.ts', default: './cloud.js' },
    './package.json': './package.json',
  },
  peerDependencies: { 'wx-server-sdk': SDK },
  peerDependenciesMeta: { 'wx-server-sdk': { optional: true } },
};

/** Resolves to the path of the packed file. */
export async function packSession(builtMiniprogram: string, dir: string): Promise<string> {
  const folder = await makePackageFolder(dir);
  await folder.write('package.json', `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
  await writeMiniprogram(builtMiniprogram, folder);
  await writeCloud(folder);
  for (const readme of ['README.md', 'README.zh-CN.md']) {
    await folder.copy(join(__dirname, 'session', readme), readme);
  }
  for (const file of ['LICENSE', 'CHANGELOG.md']) await folder.copy(join(root, file), file);
  return npmPack(folder, SESSION_PACKAGE);
}

async function writeMiniprogram(built: string, folder: PackageFolder): Promise<void> {
  for (const part of PARTS) {
    for (const file of await readdir(join(built, part), { recursive: true })) {
      if (extname(file) === '') continue;
      const source = join(built, part, file);
      const target = `miniprogram/${part}/${file.replaceAll('\\', '/')}`;
      if (extname(file) === '.js') await folder.write(target, await compact(source));
      else await folder.copy(source, target);
    }
  }
  const colours = 'components/sheet-colours.wxss';
  await folder.copy(join(built, colours), `miniprogram/${colours}`);
  await folder.write('miniprogram/index.js', "module.exports = require('./session/index');\n");
  await folder.write('miniprogram/index.d.ts', "export * from './session/index';\n");
  const declarations = {
    project: 'miniprogram/tsconfig.json',
    entry: 'miniprogram/session/index',
    place: (source: string) => source.replace(/^cloudfunctions\//, 'miniprogram/contract/'),
  };
  await writeDeclarations(declarations, folder.dir);
}

/** As text, and without what only esbuild needs: names stay, for whoever debugs an app with it. */
async function compact(file: string): Promise<string> {
  const { code } = await transform(await readFile(file, 'utf8'), {
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    target: 'es2018',
  });
  return code;
}

async function writeCloud(folder: PackageFolder): Promise<void> {
  const entry = 'cloudfunctions/shared/session/library';
  await build({
    entryPoints: [join(root, `${entry}.ts`)],
    outfile: join(folder.dir, 'cloud.js'),
    bundle: true,
    // The function's own: there is one in it anyway, and it knows the environment.
    external: ['wx-server-sdk'],
    platform: 'node',
    target: FUNCTION_TARGET,
    format: 'cjs',
    charset: 'utf8',
    legalComments: 'none',
    minifySyntax: true,
    logLevel: 'warning',
  });
  const declarations = {
    project: 'cloudfunctions/tsconfig.json',
    entry,
    place: (source: string) => source.replace(/^cloudfunctions\//, 'types/'),
  };
  await writeDeclarations(declarations, folder.dir);
  await folder.write('cloud.d.ts', "export * from './types/shared/session/library';\n");
}
