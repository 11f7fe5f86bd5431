import type { ReadText } from '../../miniprogram-files/read-file';

/** What was made of files, until their text is another: a change costs the files that changed. */
export class CompileMemory {
  readonly #read = new Map<string, { texts: Texts; result: unknown }>();
  readonly #kept = new Map<string, { from: string; result: unknown }>();

  /**
   * @param key file and what is made of it; always the same `T` for one key
   * @param from all that `make` reads
   */
  remember<T>(key: string, from: string, make: () => T): T {
    const kept = this.#kept.get(key);
    // The same key was given the same `make`.
    if (kept?.from === from) return kept.result as T;
    const result = make();
    this.#kept.set(key, { from, result });
    return result;
  }

  /** The same for what takes a while. */
  async rememberLater<T>(key: string, from: string, make: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept?.from === from) return kept.result as T;
    const result = await make();
    this.#kept.set(key, { from, result });
    return result;
  }

  /**
   * The same for what says only while it is made which files it reads.
   *
   * @param make reads by nothing but what it is given
   */
  async rememberReading<T>(
    key: string,
    read: ReadText,
    make: (read: ReadText) => Promise<T>,
  ): Promise<T> {
    const kept = this.#read.get(key);
    if (kept !== undefined && (await isUnchanged(kept.texts, read))) return kept.result as T;
    const texts = new Map<string, string | undefined>();
    const result = await make(async (file) => {
      const text = await read(file);
      texts.set(file, text);
      return text;
    });
    this.#read.set(key, { texts, result });
    return result;
  }
}

type Texts = ReadonlyMap<string, string | undefined>;

async function isUnchanged(texts: Texts, read: ReadText): Promise<boolean> {
  for (const [file, text] of texts) if ((await read(file)) !== text) return false;
  return true;
}
