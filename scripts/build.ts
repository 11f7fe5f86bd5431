/** `npm run build`: everything that is deployed, into `dist/`. */
import { buildFunctions } from './build/functions';
import { buildMiniprogram } from './build/miniprogram';
import { root } from './root';

export async function build(): Promise<void> {
  await Promise.all([
    buildFunctions(`${root}/cloudfunctions`, `${root}/dist/cloudfunctions`),
    buildMiniprogram(`${root}/miniprogram`, `${root}/dist/miniprogram`),
  ]);
}

async function main(): Promise<void> {
  await build();
  console.log('Built dist/cloudfunctions and dist/miniprogram.');
}

if (require.main === module) void main();
