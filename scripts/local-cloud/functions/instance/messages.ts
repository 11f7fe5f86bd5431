/** The messages between the local cloud and an instance. */
import type { FileSignatures } from './file-signature';

export interface InvokeMessage {
  event: unknown;
  context: Record<string, unknown>;
  /** The environment variables of this call. */
  variables: Record<string, string>;
  /** Whether variables of earlier calls stay, as on a runtime that never clears them. */
  keepStale: boolean;
  clockOffsetMs: number;
}

/** Why a call failed, with paths relative to the folder of the function. */
export interface Failure {
  /** For the answer: with the stack. */
  text: string;
  /** For the terminal: one line, with the place if it is known, e.g. `(index.js:3:9)`. */
  headline: string;
}

/** The file descriptor of the pipe for what a function prints. */
export const OUTPUT_FD = 4;

export type InstanceMessage =
  | { type: 'ready'; files: FileSignatures }
  /** Loading the script failed. */
  | { type: 'broken'; failure: Failure }
  /** The result as JSON, and the files that the call was the first to load. */
  | { type: 'returned'; json: string; files: FileSignatures }
  | { type: 'threw'; failure: Failure; files: FileSignatures }
  /** The process is about to end. `begun` says how many calls it had begun. */
  | { type: 'ending'; failure: Failure; begun: number };

/** How many lines were printed before a message: it counts once they have arrived. */
export type Sent = InstanceMessage & { lines: number };
