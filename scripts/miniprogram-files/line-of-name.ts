import { readTextFile, type Folder } from './read-file';

/** The line, from 1, where `name` first stands as a JSON string in the file. */
export async function lineOfName(
  folder: Folder,
  file: string,
  name: string,
): Promise<{ line: number } | undefined> {
  const lines = ((await readTextFile(folder, file)) ?? '').split(/\r?\n/);
  const index = lines.findIndex((text) => text.includes(JSON.stringify(name)));
  return index === -1 ? undefined : { line: index + 1 };
}
