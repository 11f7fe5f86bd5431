import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, type Dirent } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { isRecord } from '../../lib/is-record';
import { textOf, type ReadText } from '../../miniprogram-files/read-file';

/** All files of a mini program, as they were at one moment. */
export class SourceFiles {
  readonly #texts = new Map<string, string>();

  #codeVersion: string | undefined;

  private constructor(
    /** By path from the root, in an order that stays. */
    readonly contents: ReadonlyMap<string, Buffer<ArrayBuffer>>,
  ) {}

  /** One after the other: of many small files that takes a sixth of what it takes side by side. */
  static read(dir: string): SourceFiles {
    const contents = new Map<string, Buffer<ArrayBuffer>>();
    addFolder(contents, unlessGone(() => realpathSync(dir)) ?? dir, '', []);
    return new SourceFiles(contents);
  }

  /** Another one where anything but a style sheet differs. */
  get codeVersion(): string {
    this.#codeVersion ??= hash(
      [...this.contents].filter(([file]) => extname(file) !== '.wxss').flat(),
    );
    return this.#codeVersion;
  }

  readonly text: ReadText = (path) => {
    const file = posix.normalize(path).replace(/^[/]+/, '');
    const content = this.contents.get(file);
    if (content === undefined) return Promise.resolve(undefined);
    const text = this.#texts.get(file) ?? textOf(content);
    this.#texts.set(file, text);
    return Promise.resolve(text);
  };
}

/** @param around the folders that this one is in: a link may lead back to one of them */
function addFolder(
  contents: Map<string, Buffer<ArrayBuffer>>,
  folder: string,
  prefix: string,
  around: readonly string[],
): void {
  if (around.includes(folder)) return;
  const entries = unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  for (const entry of entries.sort(byName)) {
    // A pipe would be waited for.
    if (!entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink()) continue;
    const path = join(folder, entry.name);
    const file = `${prefix}${entry.name}`;
    const target = entry.isSymbolicLink() ? unlessGone(() => realpathSync(path)) : path;
    if (target === undefined) continue;
    const content = entry.isDirectory() ? undefined : unlessGone(() => readFileSync(target));
    if (content !== undefined) contents.set(file, content);
    else if (!entry.isFile()) addFolder(contents, target, `${file}/`, [...around, folder]);
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

const GONE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'];

/** `undefined` for what is gone by now, or is no file after all. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (isRecord(cause) && GONE.includes(String(cause['code']))) return undefined;
    throw cause;
  }
}

export function hash(parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(String(part.length)).update(':').update(part);
  return sum.digest('hex').slice(0, 16);
}
