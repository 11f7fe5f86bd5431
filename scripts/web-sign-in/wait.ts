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

/** Of any kind, as `abort(reason)` takes it. Browsers before 2022 keep none. */
export function reasonOf(signal?: AbortSignal): Error {
  const reason = signal?.reason as Error | undefined;
  return reason === undefined ? new DOMException('Aborted', 'AbortError') : reason;
}
