import type { Cloud } from './cloud';

/** One step. Doing it twice does no harm. */
export interface Change {
  /** The function that it changes. The steps of one function are done in order. */
  of?: string;
  /** As a diff: what is to be added, changed, removed. */
  lines: readonly string[];
  /** Shown while it is done. */
  doing: string;
  run: (cloud: Cloud) => Promise<void>;
}
