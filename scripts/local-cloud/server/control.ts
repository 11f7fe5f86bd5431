/** `POST /control`: changes this cloud while it runs, for tests and tools. */
import { EJSON } from 'bson';
import type { Clock } from '../environment/clock';
import { isFields, type Fields } from '../bson/fields';
import type { Permission, Permissions } from '../client-access/permissions';
import type { Seed } from '../database/seed';
import { decodeFault, type Fault, type Faults } from '../environment/faults';
import type { OpenDataSettings } from '../open-interfaces/open-data';
import type { OpenInterfaces } from '../open-interfaces/open-interfaces';
import {
  decodeOpenData,
  decodeSetAnswers,
  type SetAnswerChanges,
} from '../open-interfaces/set-answers';

export interface ControlState {
  clockOffsetMs: number;
  now: number;
  fault: Fault | null;
  /** Answers that were set, by the name of the interface. */
  openapi: Fields;
  /** What was set, by CloudID. */
  openData: Fields;
  /** By collection, those that were set; `PRIVATE` is that of all others. */
  permissions: Readonly<Record<string, Permission>>;
}

export function controlState(controlled: Controlled): ControlState {
  const { clock, faults, openInterfaces, permissions } = controlled;
  return {
    clockOffsetMs: clock.offsetMs,
    now: clock.now(),
    fault: faults.current,
    ...openInterfaces.shown(),
    permissions: permissions.list(),
  };
}

export interface Controlled {
  clock: Clock;
  faults: Faults;
  openInterfaces: OpenInterfaces;
  permissions: Permissions;
  reset: () => Promise<void>;
  /** @param functionName without it, the instances of every function */
  killInstances: (functionName?: string) => Promise<void>;
  /** Adds documents, and the collections that are missing. @throws TypeError */
  seed: (seed: Seed) => Promise<void>;
}

/** 100 years: dates stay valid, and no test needs more. */
const MAX_ADVANCE_MS = 100 * 365 * 24 * 60 * 60 * 1000;

const FIELDS = [
  ...['advanceClockMs', 'reset', 'seed', 'killInstances', 'fault'],
  ...['openapi', 'openData', 'permissions'],
];

interface ControlRequest {
  kill: true | string | undefined;
  reset: true | undefined;
  seed: Seed | undefined;
  advanceClockMs: number | undefined;
  fault: Fault | null | undefined;
  openapi: SetAnswerChanges;
  openData: OpenDataSettings;
  permissions: Fields | undefined;
}

/**
 * Applies everything that the body asks for, in this order: instances are killed, the state is
 * reset, permissions change, documents are seeded, the clock moves, the fault begins, answers are
 * set. Nothing of an invalid body is applied.
 *
 * @throws TypeError with a message for the developer
 */
export async function applyControl(body: unknown, controlled: Controlled): Promise<void> {
  const { clock, faults, openInterfaces, permissions } = controlled;
  const { kill, reset, seed, advanceClockMs, fault, openapi, openData, ...asked } =
    decodeRequest(body);
  const permit = permissions.prepare(asked.permissions ?? {});
  if (kill !== undefined) await controlled.killInstances(kill === true ? undefined : kill);
  if (reset === true) {
    await controlled.reset();
    faults.current = null;
    permissions.reset();
  }
  permit();
  if (seed !== undefined) await controlled.seed(seed);
  if (advanceClockMs !== undefined) clock.advance(advanceClockMs);
  if (fault !== undefined) faults.current = fault;
  openInterfaces.set(openapi, openData);
}

function decodeRequest(body: unknown): ControlRequest {
  if (!isFields(body)) throw new TypeError('The body must be a JSON object.');
  const { advanceClockMs, fault, reset, killInstances, seed } = body;
  const { openapi, openData, permissions } = body;
  if (FIELDS.every((field) => body[field] === undefined)) {
    throw new TypeError(`Send one of ${FIELDS.join(', ')}.`);
  }
  if (permissions !== undefined && !isFields(permissions)) {
    throw new TypeError('"permissions" must hold a permission for each collection.');
  }
  if (advanceClockMs !== undefined && !isAdvance(advanceClockMs)) {
    throw new TypeError(`"advanceClockMs" must be a whole number from 0 to ${MAX_ADVANCE_MS}.`);
  }
  if (reset !== undefined && reset !== true) throw new TypeError('"reset" must be true.');
  if (killInstances !== undefined && killInstances !== true && typeof killInstances !== 'string') {
    throw new TypeError('"killInstances" must be true, or the name of a function.');
  }
  return {
    kill: killInstances,
    reset,
    seed: seed === undefined ? undefined : decodeSeed(seed),
    advanceClockMs,
    fault: fault === undefined ? undefined : decodeFault(fault),
    openapi: decodeSetAnswers(openapi === undefined ? {} : openapi),
    openData: decodeOpenData(openData === undefined ? {} : openData),
    permissions,
  };
}

/** Plain JSON, with EJSON for other types, e.g. `{ "$date": "2026-01-01T00:00:00Z" }`. */
function decodeSeed(value: unknown): Seed {
  const seed: unknown = EJSON.parse(JSON.stringify(value));
  const isSeed =
    isFields(seed) &&
    Object.values(seed).every((documents) => Array.isArray(documents) && documents.every(isFields));
  if (!isSeed) throw new TypeError('"seed" must hold an array of documents for each collection.');
  return seed as Seed;
}

function isAdvance(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_ADVANCE_MS
  );
}
