/** `npm run build`: everything that is deployed, into `dist/`. */
import { buildFunctions, buildLibrary } from './build/functions';
import { buildMiniprogram } from './build/miniprogram';
import { parseOptions, runCommand } from './command-line';
import { readResources } from './resources';
import { root } from './root';

export async function build(): Promise<void> {
  const { functions } = readResources(`${root}/cloudfunctions/resources.json`);
  await Promise.all([
    buildFunctions(`${root}/cloudfunctions`, functions, `${root}/dist/cloudfunctions`),
    buildLibrary(`${root}/cloudfunctions`, `${root}/dist/lib`),
    buildMiniprogram(`${root}/miniprogram`, `${root}/dist/miniprogram`),
  ]);
}

async function main(args: readonly string[]): Promise<undefined> {
  parseOptions(args, {});
  await build();
  console.log('Built dist/cloudfunctions and dist/miniprogram.');
}

if (require.main === module) void runCommand('npm run build', main);
