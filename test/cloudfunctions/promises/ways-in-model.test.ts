/**
 * Random histories of people with several ways in. `npm run test:soak` runs this file with many more
 * steps; a failure prints the seed and the shortest history that shows it.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LIN, ZHOU } from '../../support/people';
import { HISTORIES_TIMEOUT_MS, runHistories } from '../../support/promises/random-histories';
import { waysInCommands } from '../../support/promises/ways-in-commands';
import { WaysInRun } from '../../support/promises/ways-in-run';
import { cheapPasswords } from '../../support/promises/ways-in-world';

/** Lin has two phones, and is somebody else in another mini program. */
const WECHATS = [LIN, LIN, ZHOU, { openid: 'openid-of-lin', appid: 'qq-app' }];

cheapPasswords();

const policies = fc.record({
  sessionsPerUser: fc.integer({ min: 1, max: 16 }),
  phoneOpensAccounts: fc.boolean(),
});

test(
  'whatever people do with their ways in, nobody gets into an account that is not theirs, and nobody loses the last way in',
  () =>
    runHistories({
      policies,
      commands: waysInCommands,
      steps: 6000,
      begin(policy) {
        const history = new WaysInRun({ ...policy, loginsPerMinute: 1_000_000 }, WECHATS);
        return {
          met: history.met,
          async run(command) {
            await history.run(command);
            expect(history.broken).toEqual([]);
          },
        };
      },
    }),
  HISTORIES_TIMEOUT_MS,
);
