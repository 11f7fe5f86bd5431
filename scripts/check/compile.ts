/** The built mini program compiles for the preview, without a warning. */
import { compileMiniprogram } from '#preview';
import type { Problem } from '../miniprogram-files/compile-error';

/** @param dir a built mini program */
export async function checkCompiles(dir: string): Promise<readonly Problem[]> {
  return (await compileMiniprogram(dir)).warnings;
}
