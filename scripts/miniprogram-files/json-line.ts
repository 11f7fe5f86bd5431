import { readTextFile } from './json-file';

/** Where the file first says `name` as a JSON string; nothing when it does not. */
export async function lineOfName(
  dir: string,
  file: string,
  name: string,
): Promise<{ line: number } | undefined> {
  const lines = ((await readTextFile(dir, file)) ?? '').split('\n');
  const index = lines.findIndex((text) => text.includes(JSON.stringify(name)));
  return index === -1 ? undefined : { line: index + 1 };
}
