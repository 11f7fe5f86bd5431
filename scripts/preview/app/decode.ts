/** Reads what the cloud answers. Whatever has another type than expected counts as missing. */

import { isRecord } from '../../lib/is-record';

export type Fields = Record<string, unknown>;

export function fieldsOrNone(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

export function itemsOrNone(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function stringOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A number, plain or in canonical EJSON. */
export function numberOrZero(value: unknown): number {
  const plain = isRecord(value)
    ? (value['$numberInt'] ?? value['$numberLong'] ?? value['$numberDouble'])
    : value;
  const number = Number(plain);
  return Number.isFinite(number) ? number : 0;
}

/** An EJSON date, canonical or relaxed, as epoch milliseconds. */
export function timeOfDate(value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  const date = value['$date'];
  if (typeof date === 'string') return Date.parse(date);
  return date === undefined ? undefined : numberOrZero(date);
}
