import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIncremental } from '../../scripts/build/incremental';
import { buildMiniprogram } from '../../scripts/build/miniprogram';
import { createPublisher } from '../../scripts/build/publisher';
import { root } from '../../scripts/project/root';

/** The mini program, built for other ways in than those of the project. */
export async function builtMiniProgram(
  signInMethods: readonly string[],
): Promise<{ dir: string; remove: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'mini-program-'));
  const esbuild = createIncremental();
  try {
    const sources = { dir: `${root}/miniprogram`, outDir, signInMethods };
    await createPublisher(outDir).publish(await buildMiniprogram(esbuild, sources), []);
  } finally {
    await esbuild.close();
  }
  return { dir: join(outDir, 'miniprogram'), remove: () => rm(outDir, { recursive: true }) };
}
