/** Milliseconds to wait before the second and the third attempt, before jitter. */
const BACKOFF_MS = [300, 900];

/**
 * Runs `attempt` up to three times, while its outcome is worth repeating. Waits are jittered
 * between half and all of their length, so that phones that lost the same network don't come back
 * all at once.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  worthRepeating: (outcome: T) => boolean,
  wait: (ms: number) => Promise<void>,
  random: () => number,
): Promise<T> {
  let outcome = await attempt();
  for (const backoffMs of BACKOFF_MS) {
    if (!worthRepeating(outcome)) break;
    await wait(backoffMs * (0.5 + random() / 2));
    outcome = await attempt();
  }
  return outcome;
}
