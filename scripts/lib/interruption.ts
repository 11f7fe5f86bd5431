import { decideOnSignals } from './process-end';

/** Ctrl-C is how what runs on and on is meant to end: resolves when it is pressed. */
export function interruption(): Promise<void> {
  decideOnSignals();
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
}
