import type { SweepReply } from './contract';
import type { TimerCall } from './function-entry';
import { SWEEP_BATCH_SIZE, SWEEP_BUDGET_MS } from './session-policy';

/**
 * Removes what has expired, a batch at a time. The database alone knows what is left, so the next
 * run resumes one that was killed.
 */
export async function sweepExpired({ store, now, clock }: TimerCall): Promise<SweepReply> {
  let removed = 0;
  while (clock().getTime() - now.getTime() < SWEEP_BUDGET_MS) {
    const batch = await store.removeExpired(now, SWEEP_BATCH_SIZE);
    removed += batch.removed;
    if (batch.found < SWEEP_BATCH_SIZE) return { ok: true, removed, complete: true };
  }
  return { ok: true, removed, complete: false };
}
