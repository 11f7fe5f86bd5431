/** Sign-outs that the cloud has yet to hear of. They are kept until it has, also when the mini program is killed. */
import type { CallOutcome } from './cloud-call';
import { onceAtATime } from './once-at-a-time';
import type { PendingLogout, SessionStorage } from './session-storage';

export interface PendingLogouts {
  add(logout: PendingLogout): void;
  /** Tells the cloud of all that it can. Resolves to whether nothing is left. */
  send(): Promise<boolean>;
}

export function createPendingLogouts(
  storage: SessionStorage,
  logout: (pending: PendingLogout) => Promise<CallOutcome<object>>,
): PendingLogouts {
  return {
    add: (pending) => storage.setPendingLogouts([...storage.pendingLogouts(), pending]),
    send: onceAtATime(async () => {
      for (;;) {
        const [next] = storage.pendingLogouts();
        if (next === undefined) return true;
        const outcome = await logout(next);
        // INVALID_INPUT can never succeed. Anything else is kept for the next time.
        if (!outcome.ok && outcome.code !== 'INVALID_INPUT') return false;
        const left = storage.pendingLogouts().filter(({ token }) => token !== next.token);
        storage.setPendingLogouts(left);
      }
    }),
  };
}
