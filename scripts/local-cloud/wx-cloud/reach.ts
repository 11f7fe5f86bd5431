import type { Db } from '@cloudbase/database';
import type { RunCallback } from './answer';
import { openLibrary, type Send } from './library';

/** How a database reaches the cloud, and the code of the mini program. */
export interface Reach {
  library: Db;
  /** For one request of a watch, which gets every document that its query does not limit. */
  watching(isFirst: boolean, isLimited: boolean): Db;
  runCallback: RunCallback;
  /** How often a watch asks. */
  pollMs: number;
}

const POLL_MS = 1_000;

export function createReach({
  send,
  runCallback = (_, code) => void code(),
  pollMs = POLL_MS,
}: {
  send: Send;
  runCallback?: RunCallback;
  pollMs?: number;
}): Reach {
  return {
    library: openLibrary(send),
    watching: (isFirst, isLimited) =>
      openLibrary((action, data) =>
        send(action, {
          ...data,
          watch: isFirst ? 'first' : 'again',
          ...(!isLimited && { limit: undefined }),
        }),
      ),
    runCallback,
    pollMs,
  };
}
