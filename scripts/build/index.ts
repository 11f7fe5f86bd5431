/** Everything that is deployed, into `dist/`. */
import { readResources } from '../project/resources';
import { root } from '../project/root';
import { buildFunctions, buildLibrary } from './functions';
import { buildMiniprogram } from './miniprogram';

export async function build(): Promise<void> {
  const { functions } = readResources(`${root}/cloudfunctions/resources.json`);
  await Promise.all([
    buildFunctions(`${root}/cloudfunctions`, functions, `${root}/dist/cloudfunctions`),
    buildLibrary(`${root}/cloudfunctions`, `${root}/dist/lib`),
    buildMiniprogram(`${root}/miniprogram`, `${root}/dist/miniprogram`),
  ]);
}
