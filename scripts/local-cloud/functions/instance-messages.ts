/** The messages between the local cloud and an instance. */

export interface InvokeMessage {
  event: unknown;
  context: Record<string, unknown>;
  /** The environment variables of this call. */
  variables: Record<string, string>;
  /** Whether variables of earlier calls stay, as on a runtime that never clears them. */
  keepStale: boolean;
  clockOffsetMs: number;
}

export type InstanceMessage =
  | { type: 'ready' }
  /** Loading the script failed. */
  | { type: 'broken'; message: string }
  | { type: 'log'; line: string }
  /** `result` is absent when the function answered `undefined`. */
  | { type: 'returned'; result?: unknown }
  | { type: 'threw'; message: string };
