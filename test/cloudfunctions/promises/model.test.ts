/**
 * Random histories against a plain model. `npm run test:soak` runs this file with many more steps;
 * a failure prints the seed and the shortest history that shows it.
 */
import { test } from '@jest/globals';
import { HISTORIES_TIMEOUT_MS, runHistories } from '../../support/promises/random-histories';
import { commands, policies } from '../../support/promises/session-commands';
import { SessionRun } from '../../support/promises/session-run';

test(
  'whatever happens in whatever order, the functions keep their promises',
  () =>
    runHistories({ policies, commands, steps: 4000, begin: (policy) => new SessionRun(policy) }),
  HISTORIES_TIMEOUT_MS,
);
