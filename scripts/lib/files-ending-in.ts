import { readdir } from 'node:fs/promises';

/** Paths inside `dir` with a forward slash, sorted. */
export async function filesEndingIn(dir: string, suffix: string): Promise<string[]> {
  const files = await readdir(dir, { recursive: true });
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith(suffix))
    .sort();
}
