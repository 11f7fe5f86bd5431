import { describe, expect, test } from '@jest/globals';
import {
  dailyLoad,
  fit,
  renewalsPerDay,
  type PatternCosts,
  type Usage,
} from '../../../scripts/capacity/load';
import { UsageError } from '../../../scripts/command-line';
import { readCapacityOptions } from '../../../scripts/capacity/options';

const usage: Usage = { users: 1_000, loginsPerDay: 0.1, callsPerDay: 5, peakHourShare: 0.1 };
const pattern: PatternCosts = {
  name: 'a',
  login: { reads: 0, writes: 1, ms: 4 },
  check: { reads: 1, writes: 0, ms: 4 },
  renewingCheck: { reads: 1, writes: 1, ms: 8 },
};

/** A person who calls and signs in at random for ten thousand days, minute by minute. */
function renewalsOfOnePerson(loginsPerDay: number, callsPerDay: number): number {
  const days = 10_000;
  let state = 7;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  let [renewals, newSince] = [0, 0];
  for (let minute = 0; minute < days * 1440; minute++) {
    if (random() < loginsPerDay / 1440) newSince = minute;
    if (random() < callsPerDay / 1440 && minute - newSince >= 1440) {
      renewals += 1;
      newSince = minute;
    }
  }
  return renewals / days;
}

describe('renewals', () => {
  test.each([
    [0.1, 5],
    [1, 2],
    [0, 0.5],
  ])('of %d sign-ins and %d calls a day are what one person makes', (logins, calls) => {
    const counted = renewalsOfOnePerson(logins, calls);
    const computed = renewalsPerDay({ loginsPerDay: logins, callsPerDay: calls });
    expect(Math.abs(computed / counted - 1)).toBeLessThan(0.05);
  });

  test('are none where nobody calls, and never more than one a day', () => {
    expect(renewalsPerDay({ loginsPerDay: 1, callsPerDay: 0 })).toBe(0);
    expect(renewalsPerDay({ loginsPerDay: 0, callsPerDay: 10_000 })).toBeCloseTo(1, 3);
  });
});

describe('a day', () => {
  test('adds up', () => {
    const renewals = renewalsPerDay(usage) * usage.users;
    expect(dailyLoad(usage, pattern)).toMatchObject({
      reads: 5_000,
      writes: 100 + renewals,
      calls: 5_100,
    });
  });

  test('fits the basic plan, until it does not', () => {
    const small = fit(usage, dailyLoad(usage, pattern));
    expect(small).toMatchObject({ plan: { name: '基础版 1' }, breaksFirst: 'function calls' });
    const large = { ...usage, users: small.breaksAtUsers + 1 };
    expect(fit(large, dailyLoad(large, pattern)).plan?.name).toBe('基础版 2');
  });

  test('names the writes where they go first', () => {
    const writing = { ...pattern, check: { reads: 0, writes: 10, ms: 1 } };
    expect(fit(usage, dailyLoad(usage, writing)).breaksFirst).toBe('database writes');
  });
});

describe('the options', () => {
  test('have defaults', () => {
    expect(readCapacityOptions([]).usage).toMatchObject({ users: 10_000, callsPerDay: 5 });
  });

  test.each([
    [['--users', '0']],
    [['--users', '1.5']],
    [['--calls-per-day', '-1']],
    [['--peak-hour-share', '2']],
    [['--logins-per-day', '']],
    [['--people', '3']],
  ])('%j is refused', (args) => {
    expect(() => readCapacityOptions(args)).toThrow(UsageError);
  });
});
