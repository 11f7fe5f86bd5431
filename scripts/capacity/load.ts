/** What people do in a day, and what that makes of counted operations. */
import { BASIC, MEMORY_GB, PLANS, type Plan } from './plans';

export interface Usage {
  users: number;
  /** By one person in a day, on average; less than one as a rule. */
  loginsPerDay: number;
  /** Calls that check the session, by one person in a day. */
  callsPerDay: number;
  /** Share of the day's traffic in its busiest hour. */
  peakHourShare: number;
}

/** What one call did, as the local cloud counted it. */
export interface CallCost {
  reads: number;
  writes: number;
  /** Commands of another store, which the plan does not contain. */
  elsewhere?: number;
  ms: number;
}

export interface PatternCosts {
  name: string;
  login: CallCost;
  check: CallCost;
  /** Where a check writes now and then: one that does. */
  renewingCheck?: CallCost;
}

export interface DailyLoad {
  reads: number;
  writes: number;
  elsewhere: number;
  calls: number;
  gbSeconds: number;
}

/**
 * Renewals of one person in a day, who signs in and calls at random moments: a session that is a day old is renewed by the next
 * call, and a sign-in makes it new.
 */
export function renewalsPerDay({
  loginsPerDay: l,
  callsPerDay: c,
}: Pick<Usage, 'loginsPerDay' | 'callsPerDay'>): number {
  if (c === 0) return 0;
  const noLoginForADay = Math.exp(-l);
  const daysYoung = l === 0 ? 1 : (1 - noLoginForADay) / l;
  const daysBetween = daysYoung + noLoginForADay / (c + l);
  return (noLoginForADay * (c / (c + l))) / daysBetween;
}

export function dailyLoad(usage: Usage, pattern: PatternCosts): DailyLoad {
  const { users, loginsPerDay, callsPerDay } = usage;
  const renewals = pattern.renewingCheck === undefined ? 0 : renewalsPerDay(usage);
  const parts: [number, CallCost | undefined][] = [
    [loginsPerDay, pattern.login],
    [callsPerDay - renewals, pattern.check],
    [renewals, pattern.renewingCheck],
  ];
  const sum = (of: (cost: CallCost) => number): number =>
    users *
    parts.reduce((total, [times, cost]) => total + times * (cost === undefined ? 0 : of(cost)), 0);
  return {
    reads: sum(({ reads }) => reads),
    writes: sum(({ writes }) => writes),
    elsewhere: sum(({ elsewhere = 0 }) => elsewhere),
    calls: users * (loginsPerDay + callsPerDay),
    gbSeconds: sum(({ ms }) => (ms / 1000) * MEMORY_GB),
  };
}

export interface Fit {
  /** The smallest plan whose confirmed limits hold it; `undefined` when none does. */
  plan: Plan | undefined;
  /** What the basic plan runs out of first, and with how many people. */
  breaksFirst: string;
  breaksAtUsers: number;
}

export function fit(usage: Usage, load: DailyLoad): Fit {
  const shares: [string, number][] = [
    ['database reads', load.reads / BASIC.readsPerDay],
    ['database writes', load.writes / (BASIC.writesPerDay ?? Infinity)],
    ['function calls', (load.calls * 30) / (BASIC.callsPerMonth ?? Infinity)],
    ['GBs', (load.gbSeconds * 30) / BASIC.gbSecondsPerMonth],
    [
      'database operations a second, in the busiest hour',
      ((load.reads + load.writes) * usage.peakHourShare) /
        3600 /
        (BASIC.databasePerSecond ?? Infinity),
    ],
  ];
  const [breaksFirst, share] = shares.reduce((most, next) => (next[1] > most[1] ? next : most));
  return {
    plan: PLANS.find((plan) => holds(plan, usage, load)),
    breaksFirst,
    breaksAtUsers: Math.floor(usage.users / share),
  };
}

function holds(plan: Plan, { peakHourShare }: Usage, load: DailyLoad): boolean {
  return (
    load.reads <= plan.readsPerDay &&
    load.writes <= (plan.writesPerDay ?? Infinity) &&
    load.gbSeconds * 30 <= plan.gbSecondsPerMonth &&
    load.calls * 30 <= (plan.callsPerMonth ?? Infinity) &&
    ((load.reads + load.writes) * peakHourShare) / 3600 <= (plan.databasePerSecond ?? Infinity)
  );
}
