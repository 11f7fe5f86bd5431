import { defineCommand } from '../lib/command-line';

export const command = defineCommand(
  'test:quick',
  'Builds the project and runs the tests that start no process and no browser.',
)
  .argument('[args...]', 'go to Jest, e.g. "test/miniprogram"; "npx jest --help" explains them')
  .allowUnknownOption()
  .action(async (args: readonly string[]) => {
    const { runQuickTests } = await import('../testing');
    process.exitCode = await runQuickTests(args);
  });
