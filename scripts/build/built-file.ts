/** What a build makes, in memory: nothing is written before all of it is there. */
export interface BuiltFile {
  /** Inside `dist/`, with slashes. */
  path: string;
  content: Uint8Array;
  /** What loads the files beside it: put in place after them. */
  isEntry?: boolean;
}

const encoder = new TextEncoder();

export function textFile(path: string, text: string): BuiltFile {
  return { path, content: encoder.encode(text) };
}

export function jsonFile(path: string, value: unknown): BuiltFile {
  return textFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
