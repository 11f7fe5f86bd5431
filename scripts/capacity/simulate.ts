/** Some days of many people on the real functions, the clock running fast, and what the database did on the last of them. */
import type { CountingCloud } from './count';
import { costOfCalls } from './count';
import { dailyLoad, renewalsPerDay, type PatternCosts, type Usage } from './load';

const DAY_MS = 24 * 3600 * 1000;
/** Until sessions are of every age: people come in over the first, at random. */
const DAYS_BEFORE = 4;
const AT_ONCE = 8;
/** The local cloud keeps 500 calls: they are read more often than that. */
const STEPS_PER_DAY = 48;

export interface SimulatedDay {
  counted: { reads: number; writes: number };
  predicted: { reads: number; writes: number };
  logins: number;
  calls: number;
}

interface Person {
  openid: string;
  sessionToken: unknown;
  /** The step of the first sign-in. */
  comesAt: number;
}

/** @param seed of the moments at which people sign in and call */
export async function simulateDay(
  { call, control, newCalls }: CountingCloud,
  usage: Usage,
  pattern: PatternCosts,
  seed: number,
): Promise<SimulatedDay> {
  const random = mulberry32(seed);
  const daysBetweenRenewals = 1 / (renewalsPerDay(usage) + usage.loginsPerDay);
  const people = Array.from({ length: usage.users }, (_, n): Person => ({
    openid: `oSimulated-${n}`,
    sessionToken: undefined,
    comesAt: Math.floor(random() * STEPS_PER_DAY * daysBetweenRenewals),
  }));
  await control({ reset: true });
  await newCalls();
  const counted = { reads: 0, writes: 0 };
  let [logins, calls] = [0, 0];
  let isCounted = false;

  const logIn = async (person: Person): Promise<void> => {
    if (isCounted) logins += 1;
    ({ sessionToken: person.sessionToken } = await call('login', person.openid, {}));
  };
  const use = async (person: Person): Promise<void> => {
    if (isCounted) calls += 1;
    const { openid, sessionToken } = person;
    await call('session', openid, { action: 'check', sessionToken });
  };
  const count = async (): Promise<void> => {
    const { reads, writes } = costOfCalls(await newCalls());
    if (!isCounted) return;
    counted.reads += reads;
    counted.writes += writes;
  };

  for (let day = 0; day <= DAYS_BEFORE; day++) {
    await count();
    isCounted = day === DAYS_BEFORE;
    for (let step = 0; step < STEPS_PER_DAY; step++) {
      await control({ advanceClockMs: DAY_MS / STEPS_PER_DAY });
      const now = day * STEPS_PER_DAY + step;
      const here = people.filter(({ comesAt }) => comesAt <= now);
      const deeds = here.map((person) => ({
        person,
        logins:
          poisson(usage.loginsPerDay / STEPS_PER_DAY, random) + (person.comesAt === now ? 1 : 0),
        calls: poisson(usage.callsPerDay / STEPS_PER_DAY, random),
      }));
      await inTurns(
        deeds.filter((deed) => deed.logins + deed.calls > 0),
        async (deed) => {
          for (let i = 0; i < deed.logins; i++) await logIn(deed.person);
          for (let i = 0; i < deed.calls; i++) await use(deed.person);
        },
        count,
      );
    }
  }
  await count();
  const realised = {
    ...usage,
    loginsPerDay: logins / usage.users,
    callsPerDay: calls / usage.users,
  };
  const { reads, writes } = dailyLoad(realised, pattern);
  return { counted, predicted: { reads, writes }, logins, calls };
}

/** Some at once, and `between` after every hundred. */
async function inTurns<T>(
  all: readonly T[],
  run: (one: T) => Promise<void>,
  between: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < all.length; from += 100) {
    const waiting = all.slice(from, from + 100);
    const worker = async (): Promise<void> => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await run(one);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await between();
  }
}

/** How often something of this rate happens (Knuth). */
function poisson(rate: number, random: () => number): number {
  const limit = Math.exp(-rate);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}

/** A small seeded generator: https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
