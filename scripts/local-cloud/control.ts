/** `POST /control`: what tests and the preview change about this cloud while it runs. */
import type { Clock } from './clock';
import { decodeFault, type Fault, type Faults } from './faults';

export interface ControlState {
  clockOffsetMs: number;
  now: number;
  fault: Fault | null;
}

export function controlState(clock: Clock, faults: Faults): ControlState {
  return { clockOffsetMs: clock.offsetMs, now: clock.now(), fault: faults.current };
}

export interface Controlled {
  clock: Clock;
  faults: Faults;
  reset: () => Promise<void>;
  killInstances: () => Promise<void>;
}

/** 100 years: dates stay valid, and nothing sensible needs more. */
const MAX_ADVANCE_MS = 100 * 365 * 24 * 60 * 60 * 1000;

/**
 * Applies all that the body asks for, or nothing.
 *
 * @throws TypeError with a sentence that says what is wrong
 */
export async function applyControl(
  body: unknown,
  { clock, faults, reset, killInstances }: Controlled,
): Promise<void> {
  if (typeof body !== 'object' || body === null)
    throw new TypeError('The body must be a JSON object.');
  const {
    advanceClockMs,
    fault,
    reset: wantsReset,
    killInstances: kill,
  } = body as Record<string, unknown>;
  if ([advanceClockMs, fault, wantsReset, kill].every((wish) => wish === undefined)) {
    throw new TypeError('Send "advanceClockMs", "fault", "reset" or "killInstances".');
  }
  if (advanceClockMs !== undefined && !isAdvance(advanceClockMs)) {
    throw new TypeError(`"advanceClockMs" must be a whole number from 0 to ${MAX_ADVANCE_MS}.`);
  }
  if (wantsReset !== undefined && wantsReset !== true) throw new TypeError('"reset" must be true.');
  if (kill !== undefined && kill !== true) throw new TypeError('"killInstances" must be true.');
  const nextFault = fault === undefined ? faults.current : decodeFault(fault);

  if (kill === true) await killInstances();
  if (wantsReset === true) await reset();
  if (advanceClockMs !== undefined) clock.advance(advanceClockMs);
  faults.current = wantsReset === true && fault === undefined ? null : nextFault;
}

function isAdvance(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_ADVANCE_MS
  );
}
