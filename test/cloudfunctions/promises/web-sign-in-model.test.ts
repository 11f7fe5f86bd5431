/**
 * Random histories of phones and of the web pages that they let in, against plain models, with a
 * limit that changes and operations that fail. `npm run test:soak` runs many more steps.
 */
import { test } from '@jest/globals';
import { HISTORIES_TIMEOUT_MS, runHistories } from '../../support/promises/random-histories';
import { webCommands, webPolicies } from '../../support/promises/web-sign-in-commands';
import { WebSignInRun } from '../../support/promises/web-sign-in-run';

test(
  'whatever happens in whatever order, web pages are signed in as long as promised',
  () =>
    runHistories({
      policies: webPolicies,
      commands: webCommands,
      steps: 3000,
      begin: (policy) => new WebSignInRun(policy),
    }),
  HISTORIES_TIMEOUT_MS,
);
