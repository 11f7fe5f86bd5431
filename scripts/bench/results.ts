/** The numbers of one run of `npm run bench`. */

export interface BenchRow {
  /** What is measured, and what it is measured against. */
  text: string;
  unit: 'ms' | 'a second' | 'operations' | 'MiB' | 'connections';
  ours: number;
  other: number;
}

/** A measurement that is compared with nothing. */
export interface ClientRow {
  text: string;
  value: string;
}
