/**
 * Sign-outs that the cloud has yet to hear of. They are kept until it has: in memory, and on the phone for when the mini program is
 * killed, where there is room.
 */
import type { CallOutcome } from './cloud-call';
import { onceAtATime } from './once-at-a-time';
import { isEndCode } from './session-state';
import type { PendingLogout, SessionStorage } from './session-storage';

export interface PendingLogouts {
  /** Resolves to whether it is kept on the phone. */
  add(logout: PendingLogout): boolean;
  /** Tells the cloud of all that it can, each once. Resolves to whether nothing is left. */
  send(): Promise<boolean>;
  /** Keeps on the phone what there was no room for. */
  keep(): void;
}

/** Of somebody who signs in and out without a network. Older ones go first. */
const MOST_PENDING = 16;

export function createPendingLogouts(
  storage: SessionStorage,
  logout: (pending: PendingLogout) => Promise<CallOutcome<object>>,
): PendingLogouts {
  let pending = storage.pendingLogouts();
  let isKept = true;

  function set(next: readonly PendingLogout[]): boolean {
    pending = next.slice(-MOST_PENDING);
    isKept = storage.setPendingLogouts(pending);
    return isKept;
  }

  return {
    add: (next) => set([...pending.filter(({ token }) => token !== next.token), next]),
    keep() {
      if (!isKept) set(pending);
    },
    send: onceAtATime(async () => {
      const tried = new Set<string>();
      const untried = (): PendingLogout | undefined =>
        pending.find(({ token }) => !tried.has(token));
      for (let next = untried(); next !== undefined; next = untried()) {
        tried.add(next.token);
        const outcome = await logout(next);
        if (isDone(outcome)) {
          const { token: done } = next;
          set(pending.filter(({ token }) => token !== done));
        } else if (!outcome.ok && outcome.code === 'NETWORK') {
          break;
        }
      }
      return pending.length === 0;
    }),
  };
}

/** Over HTTP a token that is not good any more is refused. A call that can never succeed is not made again either. */
function isDone(outcome: CallOutcome<object>): boolean {
  if (outcome.ok) return true;
  return (
    outcome.code === 'INVALID_INPUT' || (outcome.code !== 'NETWORK' && isEndCode(outcome.code))
  );
}
