/** What the local cloud and an instance of a function say to each other. */

export interface InvokeMessage {
  event: unknown;
  context: Record<string, unknown>;
  /** The variables of this call. */
  variables: Record<string, string>;
  /** Whether variables of the call before that this one lacks stay, as on a runtime that never clears them. */
  keepStale: boolean;
  clockOffsetMs: number;
}

export type InstanceMessage =
  | { type: 'ready' }
  /** The script threw while it was loaded. */
  | { type: 'broken'; message: string }
  | { type: 'log'; line: string }
  /** `result` is absent when the function answered `undefined`. */
  | { type: 'returned'; result?: unknown }
  | { type: 'threw'; message: string };
