/**
 * Notices by itself when a session should be over, so that the screen shows it before anybody taps.
 */
import type { After } from './cloud-call';

/** By then it is over in the cloud too, if the two clocks agree. */
const GRACE_MS = 1_000;
/**
 * How often the cloud is asked while it says that the session is good and the phone's clock, being
 * ahead, disagrees.
 */
const PATIENCE_MS = 10 * 60_000;
/** Timers reach no further than 2^31 milliseconds. */
const LONGEST_TIMER_MS = 24 * 60 * 60_000;

/** @param check asks the cloud. The phone's clock alone ends nothing. */
export function createExpiryWatch(
  after: After,
  now: () => number,
  check: () => void,
): (expiresAt: number | undefined) => void {
  let stop = (): void => undefined;

  function watch(expiresAt: number | undefined): void {
    stop();
    stop = () => undefined;
    if (expiresAt === undefined) return;
    const left = expiresAt - now();
    if (left > LONGEST_TIMER_MS) stop = after(LONGEST_TIMER_MS, () => watch(expiresAt));
    else stop = after(left > 0 ? left + GRACE_MS : PATIENCE_MS, check);
  }

  return watch;
}
