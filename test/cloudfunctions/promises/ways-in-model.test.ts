/**
 * Random histories of people with several ways in. `npm run test:soak` runs this file with many more
 * steps; a failure prints the seed and the shortest history that shows it.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LIN, ZHOU } from '../../support/people';
import { waysInCommands } from '../../support/promises/ways-in-commands';
import { WaysInRun } from '../../support/promises/ways-in-run';
import { cheapPasswords } from '../../support/promises/ways-in-world';

const MAX_STEPS_PER_RUN = 60;
const { SOAK_STEPS = '6000', SOAK_SEED = '20260115' } = process.env;
const wantedSteps = Number(SOAK_STEPS);
const seed = Number(SOAK_SEED);

/** Lin has two phones, and is somebody else in another mini program. */
const WECHATS = [LIN, LIN, ZHOU, { openid: 'openid-of-lin', appid: 'qq-app' }];

cheapPasswords();

const policies = fc.record({
  sessionsPerUser: fc.integer({ min: 1, max: 16 }),
  phoneOpensAccounts: fc.boolean(),
});

test(
  'whatever people do with their ways in, nobody gets into an account that is not theirs, and nobody loses the last way in',
  async () => {
    const met = new Map<string, number>();
    let steps = 0;
    // Runs are of random length: more are asked for than are needed, and the rest do nothing.
    const property = fc.asyncProperty(
      policies,
      fc.array(waysInCommands, { minLength: 1, maxLength: MAX_STEPS_PER_RUN, size: 'max' }),
      async (policy, history) => {
        if (steps >= wantedSteps) return;
        const run = new WaysInRun({ ...policy, loginsPerMinute: 1_000_000 }, WECHATS);
        for (const command of history) {
          await run.run(command);
          expect(run.broken).toEqual([]);
        }
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
