/**
 * Files that WeChat hands to a mini program for as long as it runs: a chosen avatar, a picture from
 * the album.
 */
export interface TempFile {
  /** MIME type. */
  type: string;
  content: Uint8Array<ArrayBuffer>;
  /** Of the file on the computer. */
  name?: string;
}

export class TempFiles {
  #added = 0;
  readonly #files = new Map<string, TempFile>();

  /** @returns the path that the mini program gets */
  add(file: TempFile): string {
    const extension = /^image\/(\w+)/.exec(file.type)?.[1] ?? 'dat';
    const path = `http://tmp/${String(++this.#added)}.${extension}`;
    this.#files.set(path, file);
    return path;
  }

  /** At a path that the mini program chose. */
  put(path: string, file: TempFile): void {
    this.#files.set(path, file);
  }

  /** @returns whether there was one */
  remove(path: string): boolean {
    return this.#files.delete(path);
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  get(path: string): TempFile | undefined {
    return this.#files.get(path);
  }

  /** For the browser to show; `undefined` for a path of no such file. */
  dataUrl(path: string): string | undefined {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    const binary = Array.from(file.content, (byte) => String.fromCharCode(byte)).join('');
    return `data:${file.type};base64,${btoa(binary)}`;
  }
}
