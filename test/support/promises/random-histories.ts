/**
 * Runs random histories: as many as come to some steps altogether, `SOAK_STEPS` of them if that is
 * set. A failure prints the seed, `SOAK_SEED` if that is set, and the shortest history that shows
 * it.
 */
import { expect } from '@jest/globals';
import fc from 'fast-check';

const MAX_STEPS_PER_RUN = 60;
const { SOAK_STEPS, SOAK_SEED = '20260115' } = process.env;
const seed = Number(SOAK_SEED);

/** Above what the longest soak takes, in milliseconds. */
export const HISTORIES_TIMEOUT_MS = 30 * 60_000;

export interface RandomHistories<Policy, Command> {
  policies: fc.Arbitrary<Policy>;
  commands: fc.Arbitrary<Command>;
  /** How many steps are enough for the suite. */
  steps: number;
  /** Begins a history; `run` rejects when something is broken. */
  begin: (policy: Policy) => {
    run: (command: Command) => Promise<void>;
    /** How often what was met. */
    met: ReadonlyMap<string, number>;
  };
}

export async function runHistories<Policy, Command>({
  policies,
  commands,
  steps: usualSteps,
  begin,
}: RandomHistories<Policy, Command>): Promise<void> {
  const wantedSteps = SOAK_STEPS === undefined ? usualSteps : Number(SOAK_STEPS);
  const met = new Map<string, number>();
  let steps = 0;
  // Runs are of random length: more are asked for than are needed, and the rest do nothing.
  const property = fc.asyncProperty(
    policies,
    fc.array(commands, { minLength: 1, maxLength: MAX_STEPS_PER_RUN, size: 'max' }),
    async (policy, history) => {
      if (steps >= wantedSteps) return;
      const begun = begin(policy);
      for (const command of history) await begun.run(command);
      steps += history.length;
      for (const [what, count] of begun.met) met.set(what, (met.get(what) ?? 0) + count);
    },
  );
  await fc.assert(property, { seed, numRuns: Math.ceil(wantedSteps / 10), endOnFailure: false });

  expect(steps).toBeGreaterThanOrEqual(wantedSteps);
  if (SOAK_STEPS === undefined) return;
  const table = [...met]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([what, count]) => `  ${what}: ${count}`);
  process.stdout.write(`\nseed ${seed}, ${steps} steps\n${table.join('\n')}\n`);
}
