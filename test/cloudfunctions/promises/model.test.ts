/**
 * Random histories against a plain model. `npm run test:soak` runs this file with many more steps;
 * a failure prints the seed and the shortest history that shows it.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commands, policies } from '../../support/promises/session-commands';
import { SessionRun } from '../../support/promises/session-run';

const MAX_STEPS_PER_RUN = 60;
const { SOAK_STEPS = '4000', SOAK_SEED = '20260115' } = process.env;
const wantedSteps = Number(SOAK_STEPS);
const seed = Number(SOAK_SEED);

test(
  'whatever happens in whatever order, the functions keep their promises',
  async () => {
    const met = new Map<string, number>();
    let steps = 0;
    // Runs are of random length: more are asked for than are needed, and the rest do nothing.
    const property = fc.asyncProperty(
      policies,
      fc.array(commands, { minLength: 1, maxLength: MAX_STEPS_PER_RUN, size: 'max' }),
      async (policy, history) => {
        if (steps >= wantedSteps) return;
        const run = new SessionRun(policy);
        for (const command of history) await run.run(command);
        steps += history.length;
        for (const [what, count] of run.met) met.set(what, (met.get(what) ?? 0) + count);
      },
    );
    await fc.assert(property, { seed, numRuns: Math.ceil(wantedSteps / 10), endOnFailure: false });

    expect(steps).toBeGreaterThanOrEqual(wantedSteps);
    if (process.env['SOAK_STEPS'] !== undefined) {
      const table = [...met]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([what, count]) => `  ${what}: ${count}`);
      process.stdout.write(`\nseed ${seed}, ${steps} steps\n${table.join('\n')}\n`);
    }
  },
  30 * 60_000,
);
