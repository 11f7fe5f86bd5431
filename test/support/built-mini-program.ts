import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMiniprogram } from '../../scripts/build/miniprogram';
import { root } from '../../scripts/project/root';

/** The mini program, built for other ways in than those of the project. */
export async function builtMiniProgram(
  signInMethods: readonly string[],
): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'mini-program-'));
  await buildMiniprogram(`${root}/miniprogram`, dir, signInMethods);
  return { dir, remove: () => rm(dir, { recursive: true }) };
}
