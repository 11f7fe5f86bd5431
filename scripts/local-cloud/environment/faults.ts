/** Faults on demand, set by `POST /control`, one at a time. */
import type { AdminErrorCode } from '../protocol/admin-error';

/** The database actions that a fault affects; all of them, unless it names some. */
interface Where {
  /** e.g. `modifyDocument` */
  action?: string;
  collection?: string;
}

/** How many actions it affects before it ends; without it there is no end. */
interface Counted {
  count?: number;
}

type DatabaseFault = Where &
  Counted &
  (
    | /** The platform's system error; nothing was done. */ { kind: 'databaseDown' }
    /** An error of this code; nothing was done. */
    | { kind: 'databaseError'; code: AdminErrorCode }
    /** The action takes this much longer. */
    | { kind: 'databaseLatency'; ms: number }
    /** No answer, and nothing was done. */
    | { kind: 'databaseTimeoutBefore' }
    /** No answer, but the action took place. */
    | { kind: 'databaseTimeoutAfter' }
    /** The connection is closed, and nothing was done. */
    | { kind: 'databaseDropBefore' }
    /** The connection is closed, but the action took place. */
    | { kind: 'databaseDropAfter' }
  );

export type Fault =
  | DatabaseFault
  /** A call without an identity finds the previous caller's variables in the environment. */
  | { kind: 'staleIdentity' }
  /** An instance takes this much longer to start. */
  | { kind: 'coldStart'; ms: number };

const DATABASE_KINDS = [
  'databaseDown',
  'databaseError',
  'databaseLatency',
  'databaseTimeoutBefore',
  'databaseTimeoutAfter',
  'databaseDropBefore',
  'databaseDropAfter',
] as const;

const MAX_DELAY_MS = 60_000;
const MAX_COUNT = 10_000;

/** @throws TypeError with a message for the developer */
export function decodeFault(value: unknown): Fault | null {
  if (value === null) return null;
  if (typeof value !== 'object') throw new TypeError('"fault" must be an object or null.');
  const fields = value as Record<string, unknown>;
  const { kind, ms } = fields;
  if (kind === 'staleIdentity') return { kind };
  if (kind === 'coldStart') return { kind, ms: wholeNumber('ms', ms, MAX_DELAY_MS) };
  const known = DATABASE_KINDS.find((name) => name === kind);
  if (known === undefined) {
    const names = [...DATABASE_KINDS, 'staleIdentity', 'coldStart'].join(', ');
    throw new TypeError(`"fault.kind" must be one of ${names}.`);
  }
  const about = { ...whereOf(fields), ...countOf(known, fields['count']) };
  if (known === 'databaseLatency') {
    return { kind: known, ms: wholeNumber('ms', ms, MAX_DELAY_MS), ...about };
  }
  if (known === 'databaseError') {
    return {
      kind: known,
      code: nonEmptyString('code', fields['code']) as AdminErrorCode,
      ...about,
    };
  }
  return { kind: known, ...about };
}

function whereOf({ action, collection }: Record<string, unknown>): Where {
  return {
    ...(action !== undefined && { action: nonEmptyString('action', action) }),
    ...(collection !== undefined && { collection: nonEmptyString('collection', collection) }),
  };
}

/** By default an answer is lost once; a database that is down or slow stays so. */
function countOf(kind: DatabaseFault['kind'], count: unknown): Counted {
  if (count !== undefined) return { count: wholeNumber('count', count, MAX_COUNT) };
  return kind === 'databaseDown' || kind === 'databaseLatency' ? {} : { count: 1 };
}

function nonEmptyString(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`"fault.${name}" must be a non-empty string.`);
}

function wholeNumber(name: string, value: unknown, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max)
    return value;
  throw new TypeError(`"fault.${name}" must be a whole number from 0 to ${max}.`);
}

export interface Faults {
  current: Fault | null;
  /** The fault that affects this action, if any. Counts it. */
  meet(action: string, collection: string): DatabaseFault | undefined;
}

export function createFaults(): Faults {
  return {
    current: null,
    meet(action, collection) {
      const fault = this.current;
      if (fault === null || !isAboutDatabase(fault)) return undefined;
      if (fault.action !== undefined && fault.action !== action) return undefined;
      if (fault.collection !== undefined && fault.collection !== collection) return undefined;
      if (fault.count === undefined) return fault;
      if (fault.count <= 0) return undefined;
      this.current = fault.count === 1 ? null : { ...fault, count: fault.count - 1 };
      return fault;
    },
  };
}

function isAboutDatabase(fault: Fault): fault is DatabaseFault {
  return fault.kind !== 'staleIdentity' && fault.kind !== 'coldStart';
}
