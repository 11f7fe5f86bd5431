/** Numbers of a benchmark: percentiles, and a table for the terminal. */

export interface Timing {
  /** Per second. */
  throughput: number;
  p50Ms: number;
  p99Ms: number;
}

/** @param concurrency how many are under way at once */
export async function measure(
  count: number,
  concurrency: number,
  run: (n: number) => Promise<unknown>,
): Promise<Timing> {
  const durations: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const begunAt = performance.now();
      await run(next++);
      durations.push(performance.now() - begunAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return timing(durations, performance.now() - startedAt);
}

/** Starts one at fixed intervals, whether or not earlier ones are done: waiting counts too. */
export async function measureAtRate(
  count: number,
  perSecond: number,
  run: (n: number) => Promise<unknown>,
): Promise<Timing> {
  const durations: number[] = [];
  const startedAt = performance.now();
  const runs: Promise<void>[] = [];
  for (let n = 0; n < count; n++) {
    const due = startedAt + (n * 1_000) / perSecond;
    while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
    runs.push(
      run(n).then(() => {
        durations.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(runs);
  return timing(durations, performance.now() - startedAt);
}

function timing(durations: readonly number[], elapsedMs: number): Timing {
  return {
    throughput: (durations.length * 1_000) / elapsedMs,
    p50Ms: median(durations),
    p99Ms: percentile(durations, 0.99),
  };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function printTable(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = [columns, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? shortNumber(cell) : cell)),
  );
  const widths = columns.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of cells) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function shortNumber(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
