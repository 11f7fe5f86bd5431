/** What was made of files, until their text is another: a change costs the files that changed. */
export class CompileMemory {
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
}
