/** What goes wrong on demand, set by `POST /control`. One fault at a time. */
import type { AdminErrorCode } from './database/admin-error';

/** Which database actions a fault is about; without them, all. */
interface Where {
  /** e.g. `modifyDocument` */
  action?: string;
  collection?: string;
}

/** How many of them; then the fault is over. Without it, all. */
interface Counted {
  count?: number;
}

type DatabaseFault = Where &
  Counted &
  (
    | /** The platform's system error; nothing was done. */ { kind: 'databaseDown' }
      /** An error of this code; nothing was done. */
    | { kind: 'databaseError'; code: AdminErrorCode }
    /** It takes this much longer. */
    | { kind: 'databaseLatency'; ms: number }
    /** No answer, and nothing was done. */
    | { kind: 'databaseTimeoutBefore' }
    /** No answer, although it was carried out. */
    | { kind: 'databaseTimeoutAfter' }
    /** The connection is closed, and nothing was done. */
    | { kind: 'databaseDropBefore' }
    /** The connection is closed, although it was carried out. */
    | { kind: 'databaseDropAfter' }
  );

export type Fault =
  | DatabaseFault
  /** A call that lacks an identity finds the previous caller's variables in its instance's environment. */
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

/** @throws TypeError with a sentence that says what is wrong */
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
    return { kind: known, code: textOf('code', fields['code']) as AdminErrorCode, ...about };
  }
  return { kind: known, ...about };
}

function whereOf({ action, collection }: Record<string, unknown>): Where {
  return {
    ...(action !== undefined && { action: textOf('action', action) }),
    ...(collection !== undefined && { collection: textOf('collection', collection) }),
  };
}

/** What loses an answer does so once, unless it is told otherwise; a database that is down or slow stays so. */
function countOf(kind: DatabaseFault['kind'], count: unknown): Counted {
  if (count !== undefined) return { count: wholeNumber('count', count, MAX_COUNT) };
  return kind === 'databaseDown' || kind === 'databaseLatency' ? {} : { count: 1 };
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`"fault.${name}" must be a text.`);
}

function wholeNumber(name: string, value: unknown, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max)
    return value;
  throw new TypeError(`"fault.${name}" must be a whole number from 0 to ${max}.`);
}

export interface Faults {
  current: Fault | null;
  /** The fault that meets this action, if one does. Uses up one of those that are counted. */
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
