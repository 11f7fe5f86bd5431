/** Operators of strings take numbers and dates too, and null as an empty string. */
import { EJSON } from 'bson';
import { isNumber } from '../../../bson/bson-order';
import { InvalidRequest } from '../../../bson/invalid-request';
import { isNothing } from './arguments';

/** @throws InvalidRequest for other values */
export function coerceToString(name: string, value: unknown): string {
  if (isNothing(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (isNumber(value)) return Number(value).toString();
  throw new InvalidRequest(`${name} can't convert from ${EJSON.stringify({ value })} to a string`);
}

/** @throws InvalidRequest unless it is a number */
export function truncated(name: string, value: unknown): number {
  if (!isNumber(value)) {
    throw new InvalidRequest(`${name}: starting index and length must be numbers`);
  }
  return Math.trunc(Number(value));
}

/** ASCII letters only, as in the cloud. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function upperCase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
