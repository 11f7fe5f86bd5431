import type { SweepReply } from './contract';
import type { TimerCall } from './function-entry';
import { SWEEP_BATCH_SIZE, SWEEP_BUDGET_MS } from './session-policy';

/**
 * Removes what has expired, a batch at a time. The database alone knows what is left, so the next
 * run resumes one that was killed.
 */
export async function sweepExpired({
  store,
  expiring,
  now,
  clock,
}: TimerCall): Promise<SweepReply> {
  let removed = 0;
  for (const one of [store, ...expiring]) {
    for (;;) {
      if (clock().getTime() - now.getTime() >= SWEEP_BUDGET_MS) {
        return { ok: true, removed, complete: false };
      }
      const batch = await one.removeExpired(now, SWEEP_BATCH_SIZE);
      removed += batch.removed;
      if (batch.found < SWEEP_BATCH_SIZE) break;
    }
  }
  return { ok: true, removed, complete: true };
}
