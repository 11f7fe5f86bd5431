/** Those who want to hear of something. One that throws is logged; the others still hear it. */
export interface Listeners<T> {
  readonly count: number;
  /** Returns how to stop. */
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    get count() {
      return listeners.size;
    },
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(value) {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          console.warn('a listener failed', error);
        }
      }
    },
  };
}
