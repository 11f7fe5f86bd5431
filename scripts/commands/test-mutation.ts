import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'test:mutation',
  'Breaks the session code, the client and the gateway in every small way, and counts what the tests notice.',
)
  .argument('[args...]', 'go to Stryker; "npx stryker run --help" explains them')
  .allowUnknownOption()
  .action(async (args: readonly string[]) => {
    const { runMutationTests } = await import('../testing');
    process.exitCode = await runMutationTests(args);
  });
