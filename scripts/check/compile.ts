/** The built mini program compiles for the preview, where a warning is an error. */
import { compileMiniprogram } from '#preview';
import type { Problem } from '../miniprogram-files/compile-error';

/** @param dir a built mini program */
export async function checkCompiles(dir: string): Promise<Problem[]> {
  await compileMiniprogram(dir);
  return [];
}
