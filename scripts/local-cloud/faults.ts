/** What goes wrong on demand, set by `POST /control`. One fault at a time. */
export type Fault =
  /** Every database action fails with the platform's system error. */
  | { kind: 'databaseDown' }
  /** Every database action takes this much longer. */
  | { kind: 'databaseLatency'; ms: number }
  /** The next `count` database actions get no answer, and nothing was done. */
  | { kind: 'databaseTimeoutBefore'; count: number }
  /** The next `count` database actions get no answer, although they were carried out. */
  | { kind: 'databaseTimeoutAfter'; count: number }
  /** A call that lacks an identity finds the previous caller's variables in its instance's environment. */
  | { kind: 'staleIdentity' };

const MAX_LATENCY_MS = 60_000;
const MAX_COUNT = 10_000;

/** @throws TypeError with a sentence that says what is wrong */
export function decodeFault(value: unknown): Fault | null {
  if (value === null) return null;
  if (typeof value !== 'object') throw new TypeError('"fault" must be an object or null.');
  const { kind, ms, count = 1 } = value as Record<string, unknown>;
  switch (kind) {
    case 'databaseDown':
    case 'staleIdentity':
      return { kind };
    case 'databaseLatency':
      return { kind, ms: wholeNumber('ms', ms, MAX_LATENCY_MS) };
    case 'databaseTimeoutBefore':
    case 'databaseTimeoutAfter':
      return { kind, count: wholeNumber('count', count, MAX_COUNT) };
    default:
      throw new TypeError(
        '"fault.kind" must be databaseDown, databaseLatency, databaseTimeoutBefore, databaseTimeoutAfter or staleIdentity.',
      );
  }
}

function wholeNumber(name: string, value: unknown, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max)
    return value;
  throw new TypeError(`"fault.${name}" must be a whole number from 0 to ${max}.`);
}

export interface Faults {
  current: Fault | null;
  /** Uses up one of a fault that is counted. */
  take(kind: 'databaseTimeoutBefore' | 'databaseTimeoutAfter'): boolean;
}

export function createFaults(): Faults {
  return {
    current: null,
    take(kind) {
      const fault = this.current;
      if (fault?.kind !== kind || fault.count <= 0) return false;
      this.current = fault.count === 1 ? null : { kind, count: fault.count - 1 };
      return true;
    },
  };
}
