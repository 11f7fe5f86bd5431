/** The time in this cloud, which can only be moved forward. */
export interface Clock {
  now(): number;
  readonly offsetMs: number;
  advance(ms: number): void;
  reset(): void;
  /** Calls the listener after each change, until the returned function is called. */
  onChange(listener: (cause: 'advance' | 'reset') => void): () => void;
}

export function createClock(): Clock {
  const listeners = new Set<(cause: 'advance' | 'reset') => void>();
  let offsetMs = 0;
  const tell = (cause: 'advance' | 'reset'): void =>
    listeners.forEach((listener) => listener(cause));
  return {
    now: () => Date.now() + offsetMs,
    get offsetMs() {
      return offsetMs;
    },
    advance(ms) {
      offsetMs += ms;
      tell('advance');
    },
    reset() {
      offsetMs = 0;
      tell('reset');
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
