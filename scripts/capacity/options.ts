import { parseOptions, UsageError } from '../command-line';
import type { Usage } from './load';

export const USAGE =
  'npm run capacity -- --users N --logins-per-day R --calls-per-day R [--peak-hour-share S] [--simulate]';

export interface CapacityOptions {
  usage: Usage;
  /** Whether a day is lived through, to see that the formula is right. */
  simulate: boolean;
}

/** @throws UsageError */
export function readCapacityOptions(args: readonly string[]): CapacityOptions {
  const values = parseOptions(args, {
    users: { type: 'string' },
    'logins-per-day': { type: 'string' },
    'calls-per-day': { type: 'string' },
    'peak-hour-share': { type: 'string' },
    simulate: { type: 'boolean' },
  });
  const number = (name: keyof typeof values, fallback: number, most: number): number => {
    const text = values[name];
    if (typeof text !== 'string') return fallback;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > most) {
      throw new UsageError(`--${name} must be a number from 0 to ${most}, and is "${text}".`);
    }
    return value;
  };
  const users = number('users', 10_000, 1e9);
  if (!Number.isInteger(users) || users === 0) {
    throw new UsageError(`--users must be a whole number above 0, and is "${users}".`);
  }
  return {
    usage: {
      users,
      loginsPerDay: number('logins-per-day', 0.1, 1000),
      callsPerDay: number('calls-per-day', 5, 100_000),
      peakHourShare: number('peak-hour-share', 0.1, 1),
    },
    simulate: values.simulate === true,
  };
}
