/**
 * Resolves once `dueAt` (by performance.now) has come and the page is shown: a hidden page waits
 * until somebody looks at it. Rejects with the signal's reason, and leaves no listener or timer.
 */
export function waitUntil(dueAt: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = (): void => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      signal?.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      leave();
      reject(reasonOf(signal));
    };
    const look = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      const left = dueAt - performance.now();
      if (left > 0) {
        timer = setTimeout(look, left);
        return;
      }
      leave();
      resolve();
    };
    if (signal?.aborted) {
      abort();
      return;
    }
    document.addEventListener('visibilitychange', look);
    signal?.addEventListener('abort', abort);
    look();
  });
}

/**
 * What `work` gives, or the signal's reason at once. What has begun goes on then all the same, and
 * what it gives is for `late`.
 *
 * @param work that is never rejected
 */
export function unlessAborted<T>(
  work: () => Promise<T>,
  signal?: AbortSignal,
  late?: (given: T) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(reasonOf(signal));
    };
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort);
    void work().then((given) => {
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted) late?.(given);
      else resolve(given);
    });
  });
}

/** Of any kind, as `abort(reason)` takes it. Browsers before 2022 keep none. */
function reasonOf(signal?: AbortSignal): Error {
  const reason = signal?.reason as Error | undefined;
  return reason === undefined ? new DOMException('Aborted', 'AbortError') : reason;
}
