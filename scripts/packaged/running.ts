/** Ctrl-C is how a server is meant to end. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** For an option that may be repeated. */
export const addTo = (value: string, earlier: readonly string[] = []): string[] => [
  ...earlier,
  value,
];
